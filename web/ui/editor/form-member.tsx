import type { ReactNode } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { useMembers } from '../../api/members.ts';
import { FormSelect } from '../form.tsx';

export interface FormMemberProps<V extends FieldValues> {
  readonly form: UseFormReturn<V>;
  readonly name: FieldPath<V>;
  readonly label: string;
}

/** Chooses a member of the organization, or nobody. */
export function FormMember<V extends FieldValues>({ form, name, label }: FormMemberProps<V>): ReactNode {
  const members = useMembers();
  const options = [
    { value: '', label: 'Nobody' },
    ...members.map((m) => ({ value: m.userId, label: m.name ?? m.email })),
  ];
  return <FormSelect form={form} name={name} label={label} options={options} />;
}
