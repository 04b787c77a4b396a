import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useOrganization } from '../../api/organization.tsx';
import { classes } from '../classes.ts';
import {
  FormCheckbox,
  FormDate,
  FormDateTime,
  FormMoney,
  FormSelect,
  FormTags,
  FormText,
  FormTextArea,
} from '../form.tsx';
import type { FieldSpec, Values } from './field-spec.ts';
import { FormMember } from './form-member.tsx';
import { FormRecord } from './form-record.tsx';

export interface FormSpecProps {
  readonly form: UseFormReturn<Values>;
  readonly specs: readonly FieldSpec[];
  readonly autoFocus?: boolean;
}

/** Fields of a record, two beside each other where they are short. */
export function FormSpec({ form, specs, autoFocus = true }: FormSpecProps): ReactNode {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {specs.map((spec, i) => (
        <div key={spec.name} className={classes('min-w-0', !spec.half && 'sm:col-span-2')}>
          <One form={form} spec={spec} autoFocus={autoFocus && i === 0} />
        </div>
      ))}
    </div>
  );
}

function One(props: {
  readonly form: UseFormReturn<Values>;
  readonly spec: FieldSpec;
  readonly autoFocus: boolean;
}): ReactNode {
  const { form, spec, autoFocus } = props;
  const { currency } = useOrganization();
  const { kind, options = [], of } = spec;
  const field = { form, name: spec.name, label: spec.label, required: spec.required, hint: spec.hint };
  switch (kind) {
    case 'area':
      return <FormTextArea {...field} />;
    case 'json':
      return <FormTextArea {...field} rows={5} hint={spec.hint ?? 'JSON'} />;
    case 'money':
      return <FormMoney {...field} currency={String(form.watch('currency') ?? currency)} />;
    case 'decimal':
      return <FormMoney {...field} />;
    case 'integer':
      return <FormText {...field} inputMode="numeric" />;
    case 'date':
      return <FormDate {...field} />;
    case 'datetime':
      return <FormDateTime {...field} />;
    case 'select':
      return (
        <FormSelect {...field} options={spec.required ? options : [{ value: '', label: '–' }, ...options]} />
      );
    case 'member':
      return <FormMember {...field} />;
    case 'record':
      return <FormRecord {...field} collection={of!.collection} title={of!.title} />;
    case 'tags':
      return <FormTags {...field} />;
    case 'checkbox':
      return <FormCheckbox {...field} />;
    default:
      return <FormText {...field} type={kind} autoFocus={autoFocus} />;
  }
}
