import { History, Upload } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { bytes, words } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';
import { tell } from '../../ui/toast.tsx';
import { FileDrop, type UploadedFile, useFileUrl } from '../files/index.ts';
import { DocumentDialog } from './document-dialog.tsx';
import { type LoopOverview, useLoopAction } from './use-loop.ts';
import { DOCUMENT_TONES, type LoopDocument } from './words.ts';

const STATUSES: readonly Exclude<Model<'DocumentStatus'>, 'SIGNED'>[] = [
  'DRAFT',
  'PENDING',
  'REVIEWED',
  'ARCHIVED',
];

/** The papers, each with its versions. */
export function DocumentsTab(props: { readonly shown: LoopOverview; readonly mayWrite: boolean }): ReactNode {
  const { shown, mayWrite } = props;
  const loopId = shown.loop.id;
  const urlOf = useFileUrl();
  const [opened, setOpened] = useState<LoopDocument>();
  const add = useLoopAction((api, body: { storageKey: string; filename: string }) =>
    api.POST('/loops/{loopId}/documents', { params: { path: { loopId } }, body }),
  );
  const move = useLoopAction((api, input: { documentId: string; status: Model<'DocumentStatus'> }) =>
    api.POST('/documents/{documentId}/status', {
      params: { path: { documentId: input.documentId } },
      body: { status: input.status },
    }),
  );
  const onFile = async (file: UploadedFile) => {
    await add.send({ storageKey: file.storageKey, filename: file.name });
  };
  return (
    <Card title="Documents" flush>
      {shown.documents.length === 0 ? (
        <p className="p-4 text-faint">None yet</p>
      ) : (
        <Table
          label="Documents"
          keyOf={(d) => d.id}
          rows={shown.documents}
          columns={[
            {
              header: 'Name',
              cell: (d) => (
                <>
                  <a
                    href={urlOf(d.storageKey)}
                    download
                    className="font-medium break-all text-accent underline"
                  >
                    {d.filename}
                  </a>
                  <span className="block text-sm text-faint">
                    version {d.version} · {bytes(Number(d.fileSize))}
                  </span>
                </>
              ),
            },
            {
              header: 'State',
              cell: (d) => <Badge tone={DOCUMENT_TONES[d.status]}>{words(d.status)}</Badge>,
            },
            { header: 'Kind', from: 'md', cell: (d) => d.category ?? '–' },
            { header: 'Changed', from: 'md', cell: (d) => <Ago at={d.updatedAt} /> },
            {
              header: '',
              align: 'end',
              cell: (d) => (
                <Menu
                  label={`More for ${d.filename}`}
                  items={[
                    { label: 'Versions', icon: History, onSelect: () => setOpened(d) },
                    ...(mayWrite && d.status !== 'SIGNED'
                      ? STATUSES.filter((s) => s !== d.status).map((status) => ({
                          label: words(status),
                          onSelect: () => move.start({ documentId: d.id, status }, () => tell(words(status))),
                        }))
                      : []),
                  ]}
                />
              ),
            },
          ]}
        />
      )}
      {mayWrite && (
        <div className="p-4">
          <FileDrop label="Drop documents here" onFile={onFile} />
          <p className="mt-2 flex items-center gap-1.5 text-sm text-faint">
            <Upload aria-hidden size={14} /> A new version of a document is added in its versions.
          </p>
        </div>
      )}
      {opened && (
        <DocumentDialog
          document={opened}
          mayWrite={mayWrite && opened.status !== 'SIGNED'}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Card>
  );
}
