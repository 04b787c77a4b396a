import type { HTMLInputTypeAttribute, KeyboardEvent, ReactNode } from 'react';
import {
  Controller,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
} from 'react-hook-form';
import { Checkbox, Field, PasswordInput, TextArea, TextInput } from './field.tsx';
import { MoneyInput } from './money-input.tsx';
import type { Option } from './options.ts';
import { Select } from './select.tsx';
import { TagsInput } from './tags-input.tsx';

export interface FormProps<V extends FieldValues> {
  readonly form: UseFormReturn<V>;
  readonly onSubmit: (values: V) => Promise<void>;
  readonly children: ReactNode;
}

/** A form; Command or Control with Enter sends it from any field. Its faults are told in words, not by the browser. */
export function Form<V extends FieldValues>({ form, onSubmit, children }: FormProps<V>): ReactNode {
  const submit = form.handleSubmit(onSubmit);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
  };
  return (
    <form
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        // A form within a dialog is not part of the form that opened it.
        event.stopPropagation();
        void submit(event);
      }}
    >
      {children}
    </form>
  );
}

export interface FormFieldProps<V extends FieldValues> {
  readonly form: UseFormReturn<V>;
  readonly name: FieldPath<V>;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly className?: string;
}

interface Bound<V extends FieldValues> extends FormFieldProps<V> {
  readonly children: (field: ControllerRenderProps<V, FieldPath<V>>) => ReactNode;
}

/** Any control as a field of a form. */
export function FormField<V extends FieldValues>({ form, name, children, ...field }: Bound<V>): ReactNode {
  const rules = field.required ? { required: `${field.label} is needed.` } : {};
  return (
    <Controller
      control={form.control}
      name={name}
      rules={rules}
      render={({ field: bound, fieldState }) => (
        <Field {...field} error={fieldState.error?.message || (fieldState.error ? 'Not valid.' : undefined)}>
          {children(bound)}
        </Field>
      )}
    />
  );
}

export interface FormTextProps<V extends FieldValues> extends FormFieldProps<V> {
  readonly type?: HTMLInputTypeAttribute;
  readonly autoFocus?: boolean;
  readonly autoComplete?: string;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric' | 'decimal' | 'text';
}

export function FormText<V extends FieldValues>(props: FormTextProps<V>): ReactNode {
  const { type, autoFocus, autoComplete = 'off', placeholder, inputMode, ...field } = props;
  return (
    <FormField {...field}>
      {(bound) => (
        <TextInput
          {...{ type, autoFocus, autoComplete, placeholder, inputMode }}
          {...bound}
          value={bound.value ?? ''}
        />
      )}
    </FormField>
  );
}

export function FormPassword<V extends FieldValues>(
  props: FormFieldProps<V> & { readonly autoComplete: 'current-password' | 'new-password' },
): ReactNode {
  const { autoComplete, ...field } = props;
  return (
    <FormField {...field}>
      {(bound) => <PasswordInput autoComplete={autoComplete} {...bound} value={bound.value ?? ''} />}
    </FormField>
  );
}

export function FormTextArea<V extends FieldValues>(
  props: FormFieldProps<V> & { readonly rows?: number },
): ReactNode {
  const { rows = 3, ...field } = props;
  return (
    <FormField {...field}>
      {(bound) => <TextArea rows={rows} {...bound} value={bound.value ?? ''} />}
    </FormField>
  );
}

export function FormMoney<V extends FieldValues>(
  props: FormFieldProps<V> & { readonly currency?: string },
): ReactNode {
  const { currency, ...field } = props;
  return (
    <FormField {...field}>
      {({ value, onChange }) => (
        <MoneyInput value={value ?? ''} onChange={onChange} {...(currency ? { currency } : {})} />
      )}
    </FormField>
  );
}

/** A calendar day, `YYYY-MM-DD`. */
export function FormDate<V extends FieldValues>(props: FormFieldProps<V>): ReactNode {
  return (
    <FormField {...props}>
      {(bound) => <TextInput type="date" {...bound} value={bound.value ?? ''} />}
    </FormField>
  );
}

/** A wall clock, `YYYY-MM-DDTHH:MM`, in the person’s zone. */
export function FormDateTime<V extends FieldValues>(props: FormFieldProps<V>): ReactNode {
  return (
    <FormField {...props}>
      {(bound) => <TextInput type="datetime-local" {...bound} value={bound.value ?? ''} />}
    </FormField>
  );
}

export interface FormSelectProps<V extends FieldValues> extends FormFieldProps<V> {
  readonly options: readonly Option[];
  readonly placeholder?: string;
}

export function FormSelect<V extends FieldValues>({
  options,
  placeholder,
  ...field
}: FormSelectProps<V>): ReactNode {
  return (
    <FormField {...field}>
      {({ value, onChange }) => (
        <Select
          value={value ?? ''}
          onChange={onChange}
          options={options}
          {...(placeholder ? { placeholder } : {})}
        />
      )}
    </FormField>
  );
}

export function FormTags<V extends FieldValues>(props: FormFieldProps<V>): ReactNode {
  return (
    <FormField {...props}>
      {({ value, onChange }) => <TagsInput value={value} onChange={onChange} />}
    </FormField>
  );
}

export function FormCheckbox<V extends FieldValues>({
  form,
  name,
  label,
  hint,
}: FormFieldProps<V>): ReactNode {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: { value, onChange } }) => (
        <Checkbox checked={Boolean(value)} onChange={onChange} label={label} hint={hint} />
      )}
    />
  );
}
