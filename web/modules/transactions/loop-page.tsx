import { useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { useRecord } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { day, money, words } from '../../ui/format.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AuditTab } from './audit-tab.tsx';
import { Deadlines } from './deadlines.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { LoopStatusMenu } from './loop-status-menu.tsx';
import { PartiesTab } from './parties-tab.tsx';
import { SignaturesTab } from './signatures-tab.tsx';
import { TasksTab } from './tasks-tab.tsx';
import { type LoopOverview, useLoop } from './use-loop.ts';
import { LOOP_FIELDS, loops, STATUS_TONES } from './words.ts';

/** One transaction with all that belongs to it. */
export function Page(): ReactNode {
  const { loopId } = useParams({ strict: false }) as { loopId: string };
  const overview = useLoop(loopId);
  return <Loaded of={overview}>{(shown) => <LoopPage shown={shown} />}</Loaded>;
}

function LoopPage({ shown }: { readonly shown: LoopOverview }): ReactNode {
  const { can, pathTo } = useOrganization();
  const [changing, setChanging] = useState(false);
  const { loop } = shown;
  const record = useRecord(loops, loop.id);
  const open = !['CLOSED', 'CANCELLED', 'ARCHIVED'].includes(loop.status);
  const mayWrite = can('transactions:write');
  return (
    <PageFrame
      title={loop.propertyAddress}
      back={{ label: 'Transactions', to: pathTo('transactions') }}
      note={<Badge tone={STATUS_TONES[loop.status]}>{words(loop.status)}</Badge>}
      description={[
        words(loop.transactionType),
        money(loop.listingPrice, loop.currency, true),
        loop.actualClosing
          ? `closed ${day(loop.actualClosing)}`
          : loop.expectedClosing && `closing expected ${day(loop.expectedClosing)}`,
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={
        mayWrite && (
          <>
            <LoopStatusMenu loop={loop} />
            {open && (
              <Button icon={Pencil} onClick={() => setChanging(true)}>
                Change
              </Button>
            )}
          </>
        )
      }
    >
      <div className="max-w-md pb-3">
        <Progress label="Tasks, signatures and documents done" value={loop.progress / 100} />
      </div>
      <Tabs
        label="Parts of the transaction"
        tabs={[
          {
            id: 'tasks',
            label: 'Tasks',
            count: shown.tasks.length,
            content: (
              <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
                <TasksTab shown={shown} mayWrite={mayWrite && open} />
                <Deadlines shown={shown} />
              </div>
            ),
          },
          {
            id: 'parties',
            label: 'Parties',
            count: shown.parties.length,
            content: <PartiesTab shown={shown} mayWrite={mayWrite && open} />,
          },
          {
            id: 'documents',
            label: 'Documents',
            count: shown.documents.length,
            content: <DocumentsTab shown={shown} mayWrite={mayWrite && loop.status !== 'ARCHIVED'} />,
          },
          {
            id: 'signatures',
            label: 'Signatures',
            count: shown.signatureRequests.length,
            content: <SignaturesTab shown={shown} mayAsk={open && can('signatures:request')} />,
          },
          { id: 'audit', label: 'Audit trail', content: <AuditTab loopId={loop.id} /> },
        ]}
      />
      {changing && record.data && (
        <RecordDialog
          collection={loops}
          noun="transaction"
          specs={LOOP_FIELDS}
          record={record.data}
          onClose={() => setChanging(false)}
        />
      )}
    </PageFrame>
  );
}
