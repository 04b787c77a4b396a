import { Archive, ArchiveRestore, Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AnyCollection, RowOf } from '../../api/collection.ts';
import { useOrganization } from '../../api/organization.tsx';
import type { Versioned } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import type { FieldSpec } from '../../ui/editor/field-spec.ts';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { Page } from '../../ui/page.tsx';
import { type Archivable, useArchive } from './use-archive.ts';

export interface RecordFrameProps<C extends AnyCollection> {
  readonly collection: C;
  readonly versioned: Versioned<RowOf<C>>;
  /** `contact`; its list is at `contacts`, as `listTitle` calls it. */
  readonly noun: string;
  readonly listTitle: string;
  readonly title: string;
  readonly note?: ReactNode;
  readonly description?: ReactNode;
  readonly specs: readonly FieldSpec[];
  readonly actions?: ReactNode;
  /** What stands at the left: what is known of it. */
  readonly aside: ReactNode;
  readonly children: ReactNode;
}

/** The page of one CRM record: what is known of it beside what happened, changed by a form, archived and brought back. */
export function RecordFrame<C extends AnyCollection>(props: RecordFrameProps<C>): ReactNode {
  const { collection, versioned, noun, listTitle, specs, aside, children } = props;
  const { can, pathTo } = useOrganization();
  const [changing, setChanging] = useState(false);
  const archive = useArchive(collection.name as Archivable, noun);
  const row = versioned.record as { id: string; archivedAt: string | null };
  return (
    <Page
      title={props.title}
      back={{ label: listTitle, to: pathTo(collection.name) }}
      note={
        <>
          {props.note}
          {row.archivedAt && <Badge tone="warn">Archived</Badge>}
        </>
      }
      description={props.description}
      actions={
        can('crm:write') && (
          <>
            <Button
              look="quiet"
              icon={row.archivedAt ? ArchiveRestore : Archive}
              busy={archive.busy}
              onClick={() => archive.toggle(row)}
            >
              {row.archivedAt ? 'Bring back' : 'Archive'}
            </Button>
            {!row.archivedAt && (
              <Button icon={Pencil} onClick={() => setChanging(true)}>
                Change
              </Button>
            )}
            {!row.archivedAt && props.actions}
          </>
        )
      }
    >
      <div className="grid gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <div className="min-w-0 space-y-4">{aside}</div>
        <div className="min-w-0 space-y-4">{children}</div>
      </div>
      {changing && (
        <RecordDialog
          collection={collection}
          noun={noun}
          specs={specs}
          record={versioned}
          onClose={() => setChanging(false)}
        />
      )}
    </Page>
  );
}
