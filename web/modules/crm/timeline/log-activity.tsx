import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import type { Model } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useCreate, useRemove } from '../../../api/records.ts';
import { applyProblem } from '../../../ui/apply-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Form, FormSelect, FormText, FormTextArea } from '../../../ui/form.tsx';
import { tellProblem, tellUndo } from '../../../ui/toast.tsx';
import { activities } from '../collections.ts';
import { ACTIVITY_TYPES } from './activity-words.ts';
import type { Subject } from './timeline.tsx';

const LINKS = { contacts: 'contactId', leads: 'leadId', deals: 'dealId' } as const;

/** Writes down what was done: a call, a mail, a note. */
export function LogActivity({ of }: { readonly of: Subject }): ReactNode {
  const form = useForm({ defaultValues: { type: 'CALL', title: '', description: '' } });
  const create = useCreate(activities);
  const remove = useRemove(activities);
  const submit = async (values: { type: string; title: string; description: string }) => {
    try {
      const { record } = await create.mutateAsync({
        values: {
          type: values.type as Model<'ActivityType'>,
          title: values.title,
          description: values.description || null,
          [LINKS[of.kind]]: of.id,
          completedAt: new Date().toISOString(),
        },
      });
      form.reset({ type: values.type, title: '', description: '' });
      tellUndo('Written down', () =>
        remove.mutate(record.id, { onError: (error) => tellProblem(asProblem(error)) }),
      );
    } catch (error) {
      const left = applyProblem(form, asProblem(error));
      if (left) tellProblem(left);
    }
  };
  return (
    <Form form={form} onSubmit={submit}>
      <div className="grid gap-3 rounded-md bg-canvas p-3 sm:grid-cols-[9rem_1fr]">
        <FormSelect form={form} name="type" label="What" options={ACTIVITY_TYPES} />
        <FormText form={form} name="title" label="In short" placeholder="Called about the offer" required />
        <FormTextArea form={form} name="description" label="Details" rows={2} className="sm:col-span-2" />
        <div className="sm:col-span-2">
          <Button type="submit" size="sm" busy={form.formState.isSubmitting}>
            Write down
          </Button>
        </div>
      </div>
    </Form>
  );
}
