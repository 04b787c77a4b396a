import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useAction } from '../../api/action.ts';
import { useOrganization } from '../../api/organization.tsx';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { Form, FormDateTime, FormSelect } from '../../ui/form.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

/** Publishes at a time on the wall clock of a zone. */
export function ScheduleDialog(props: {
  readonly contentId: string;
  readonly onClose: () => void;
}): ReactNode {
  const { contentId, onClose } = props;
  const { overview } = useOrganization();
  const zone = String((overview.settings as { timezone?: string }).timezone ?? 'UTC');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([zone, own, 'UTC'])].map((value) => ({ value, label: value }));
  const schedule = useAction(['content'], (api, body: { at: string; timezone: string }) =>
    api.POST('/content/{contentId}/schedule', { params: { path: { contentId } }, body }),
  );
  const form = useForm({ defaultValues: { at: '', timezone: zone } });
  const { submit, problem } = useSubmit(form, async (values) => {
    const { clock } = await schedule.mutateAsync(values);
    tell(clock.adjusted === 'gap' ? `Clocks change then: it is published at ${clock.at}` : 'Scheduled');
    onClose();
  });
  return (
    <Modal title="Schedule" description="It is published by itself at this time." onClose={onClose}>
      <Form form={form} onSubmit={submit}>
        <div className="space-y-4">
          <ProblemNotice problem={problem} />
          <FormDateTime form={form} name="at" label="At" required />
          <FormSelect form={form} name="timezone" label="Time zone" options={zones} />
        </div>
        <div className="mt-5 flex justify-end gap-2 border-t border-line py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={schedule.isPending}>
            Schedule
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
