import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, createContext, type ReactNode, use, useId, useState } from 'react';
import { classes } from './classes.ts';

interface Wiring {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const Wired = createContext<Wiring | undefined>(undefined);

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A label, its control, what helps to fill it in, and what is wrong with it. The control finds its ids by itself. */
export function Field({ label, hint, error, required = false, className, children }: FieldProps): ReactNode {
  const id = useId();
  const note = error ? `${id}error` : hint ? `${id}hint` : undefined;
  return (
    <div className={classes('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
        {required && (
          <span aria-hidden className="text-bad">
            {' '}
            *
          </span>
        )}
      </label>
      <Wired value={{ id, describedBy: note, invalid: error !== undefined, required }}>{children}</Wired>
      {error ? (
        <p id={`${id}error`} className="mt-1 text-sm text-bad">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}hint`} className="mt-1 text-sm text-faint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** What ties a control to the field around it. */
export function useWiring() {
  const wiring = use(Wired);
  return wiring
    ? {
        id: wiring.id,
        'aria-describedby': wiring.describedBy,
        'aria-invalid': wiring.invalid || undefined,
        'aria-required': wiring.required || undefined,
      }
    : {};
}

/** How a control to type into looks; 16 px on phones, where a smaller one would make the page zoom. */
export const CONTROL =
  'w-full rounded-md border border-line-strong/60 bg-paper px-2.5 text-lg text-ink aria-invalid:border-bad disabled:bg-sunken disabled:text-faint md:text-base';

type InputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
};

export function TextInput({ value, onChange, className, ...rest }: InputProps): ReactNode {
  return (
    <input
      type="text"
      {...useWiring()}
      {...rest}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={classes(CONTROL, 'h-9', className)}
    />
  );
}

type AreaProps = Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Grows with its text. */
export function TextArea({ value, onChange, className, rows = 3, ...rest }: AreaProps): ReactNode {
  return (
    <textarea
      {...useWiring()}
      {...rest}
      style={{ minHeight: `${rows * 1.375 + 1}rem` }}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={classes(CONTROL, 'field-sizing-content max-h-[60vh] py-1.5', className)}
    />
  );
}

/** A password, shown on request. */
export function PasswordInput({ className, ...rest }: InputProps): ReactNode {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <TextInput {...rest} type={shown ? 'text' : 'password'} className={classes('pr-10', className)} />
      <button
        type="button"
        aria-label={shown ? 'Hide the password' : 'Show the password'}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 inline-flex w-9 items-center justify-center rounded-md text-faint hover:text-ink"
      >
        <Icon aria-hidden size={16} />
      </button>
    </span>
  );
}

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

/** A choice of yes or no with its words beside it. */
export function Checkbox({ checked, onChange, label, hint, disabled }: CheckboxProps): ReactNode {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={hint ? `${id}hint` : undefined}
        className="mt-0.75 size-4 accent-accent"
      />
      <span className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <span id={`${id}hint`} className="block text-sm text-faint">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}
