import type { ReactNode } from 'react';
import type { Model } from '../../api/client.ts';
import { useMemberName } from '../../api/members.ts';
import { useList } from '../../api/records.ts';
import { Modal } from '../../ui/dialog.tsx';
import { bytes } from '../../ui/format.ts';
import { Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';
import { tell } from '../../ui/toast.tsx';
import { FileDrop, type UploadedFile, useFileUrl } from '../files/index.ts';
import { useLoopAction } from './use-loop.ts';
import { type LoopDocument, versions } from './words.ts';

export interface DocumentDialogProps {
  readonly document: LoopDocument;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
}

/** The versions of a document, and the way to add one. */
export function DocumentDialog({ document, mayWrite, onClose }: DocumentDialogProps): ReactNode {
  const memberName = useMemberName();
  const urlOf = useFileUrl();
  const list = useList<typeof versions, Model<'DocumentVersion'>>(versions, {
    documentId: document.id,
    sort: '-versionNumber',
    limit: 100,
  });
  const add = useLoopAction((api, storageKey: string) =>
    api.POST('/documents/{documentId}/versions', {
      params: { path: { documentId: document.id } },
      body: { storageKey },
    }),
  );
  const onFile = async (file: UploadedFile) => {
    const made = await add.send(file.storageKey);
    tell(`Version ${made.versionNumber} is added`);
  };
  return (
    <Modal title={document.filename} description="Versions" onClose={onClose} width="lg">
      <div className="space-y-4 pb-4">
        <Loaded of={list}>
          {({ data }) => (
            <Table
              label="Versions"
              keyOf={(v) => v.id}
              rows={data}
              columns={[
                {
                  header: 'Version',
                  cell: (v) => (
                    <a href={urlOf(v.storageKey)} download className="text-accent underline">
                      Version {v.versionNumber}
                    </a>
                  ),
                },
                { header: 'Size', align: 'end', cell: (v) => bytes(Number(v.fileSize)) },
                { header: 'By', from: 'md', cell: (v) => memberName(v.createdById) },
                { header: 'When', cell: (v) => <Ago at={v.createdAt} /> },
              ]}
            />
          )}
        </Loaded>
        {mayWrite && <FileDrop label="Drop the new version here" multiple={false} onFile={onFile} />}
      </div>
    </Modal>
  );
}
