import { FileText, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { bytes } from '../../ui/format.ts';
import { Loaded } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';
import { FileDrop } from './file-drop.tsx';
import { type Attachment, useAttachments, useFileUrl } from './use-attachments.ts';

export interface AttachmentsProps {
  readonly entityType: Model<'AttachmentCreate'>['entityType'];
  readonly entityId: string;
  readonly mayWrite: boolean;
}

/** The files of a record: opened, added, removed. */
export function Attachments({ entityType, entityId, mayWrite }: AttachmentsProps): ReactNode {
  const { list, attach, remove } = useAttachments(entityType, entityId);
  const urlOf = useFileUrl();
  const [removing, setRemoving] = useState<Attachment>();
  return (
    <Card title="Files">
      <Loaded of={list}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="pb-3 text-faint">None yet</p>
          ) : (
            <ul className="divide-y divide-line pb-2">
              {data.map((file) => (
                <li key={file.id} className="flex items-center gap-3 py-2">
                  <FileText aria-hidden size={18} className="shrink-0 text-faint" />
                  <span className="min-w-0 flex-1">
                    <a href={urlOf(file.filePath)} className="block truncate text-accent underline" download>
                      {file.fileName}
                    </a>
                    <span className="text-xs text-faint">
                      {bytes(Number(file.fileSize))} · <Ago at={file.createdAt} />
                    </span>
                  </span>
                  {mayWrite && (
                    <IconButton
                      icon={Trash2}
                      size="sm"
                      label={`Remove ${file.fileName}`}
                      onClick={() => setRemoving(file)}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayWrite && <FileDrop label="Drop files here" onFile={attach} />}
      {removing && (
        <Confirm
          title="Remove this file?"
          action="Remove"
          danger
          busy={remove.isPending}
          onClose={() => setRemoving(undefined)}
          onConfirm={() =>
            remove.mutate(removing.id, {
              onSuccess: () => tell('The file is removed'),
              onError: (error) => tellProblem(asProblem(error)),
              onSettled: () => setRemoving(undefined),
            })
          }
        >
          {removing.fileName} is deleted for good.
        </Confirm>
      )}
    </Card>
  );
}
