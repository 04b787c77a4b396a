import { type ReactNode, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { useOrganization } from '../../api/organization.tsx';
import type { Versioned } from '../../api/records.ts';
import { Button } from '../../ui/button.tsx';
import { EditorForm } from '../../ui/editor/editor-form.tsx';
import { useEditor } from '../../ui/editor/use-editor.ts';
import { Checkbox } from '../../ui/field.tsx';
import { FormText, FormTextArea } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { isSettled } from './steps.ts';
import { type Content, pieces } from './words.ts';

interface Values {
  readonly title: string;
  readonly slug: string;
  readonly excerpt: string;
  readonly content: string;
}

const valuesOf = (row: Content | undefined): Values => ({
  title: row?.title ?? '',
  slug: row?.slug ?? '',
  excerpt: row?.excerpt ?? '',
  content: row?.content ?? '',
});

/** Writes a piece; what was approved is revised, which is a step of its own. */
export function ContentEditor({ versioned }: { readonly versioned: Versioned<Content> }): ReactNode {
  const settled = isSettled(versioned.record.status);
  const editor = useEditor<typeof pieces, Values>({
    collection: pieces,
    record: versioned,
    toValues: valuesOf,
    toInput: (values) => ({ ...values, excerpt: values.excerpt || null }),
    onSaved: () => tell('Saved'),
  });
  if (settled) return <Revision versioned={versioned} form={editor.form} />;
  return (
    <EditorForm editor={editor} saveLabel="Save" onCancel={editor.discard}>
      <Fields form={editor.form} />
    </EditorForm>
  );
}

type Form = ReturnType<typeof useEditor<typeof pieces, Values>>['form'];

function Fields({ form }: { readonly form: Form }): ReactNode {
  return (
    <>
      <FormText form={form} name="title" label="Title" required />
      <FormText form={form} name="slug" label="Address" hint="In links: small letters, digits and hyphens" />
      <FormTextArea form={form} name="content" label="Text" hint="Markdown" rows={16} required />
      <FormTextArea
        form={form}
        name="excerpt"
        label="Excerpt"
        hint="Two sentences for lists and previews"
        rows={2}
      />
    </>
  );
}

function Revision({
  versioned,
  form,
}: {
  readonly versioned: Versioned<Content>;
  readonly form: Form;
}): ReactNode {
  const { record } = versioned;
  const { can } = useOrganization();
  const [breakLinks, setBreakLinks] = useState(false);
  const revise = useAction(['content'], (api, body: Partial<Values> & { breakLinks?: boolean }) =>
    api.POST('/content/{contentId}/revise', { params: { path: { contentId: record.id } }, body }),
  );
  const { submit, problem } = useSubmit(form, async (values) => {
    const before = valuesOf(record);
    const changes = Object.fromEntries(
      Object.entries(values).filter(([field, value]) => before[field as keyof Values] !== value),
    );
    await revise.mutateAsync({ ...changes, ...(breakLinks ? { breakLinks } : {}) });
    form.reset(values);
    tell('Revised');
  });
  return (
    <form onSubmit={form.handleSubmit(submit)} className="space-y-4">
      <Notice tone="info" title="This text was approved">
        Revising it changes what readers see at once.
      </Notice>
      <ProblemNotice problem={problem} />
      <Fields form={form} />
      {form.formState.dirtyFields.slug && (
        <Checkbox
          label="Break links to the former address"
          hint="There are no redirects: who follows an old link finds nothing."
          checked={breakLinks}
          onChange={setBreakLinks}
        />
      )}
      <Button
        type="submit"
        look="primary"
        busy={revise.isPending}
        disabled={!form.formState.isDirty || !can('content:publish')}
      >
        Revise
      </Button>
    </form>
  );
}
