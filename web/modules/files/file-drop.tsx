import { Upload as UploadIcon, X } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { type UploadedFile, useUploads } from './use-uploads.ts';

export interface FileDropProps {
  readonly label: string;
  /** As the attribute of an input has it: `image/*`. */
  readonly accept?: string;
  readonly multiple?: boolean;
  readonly onFile: (file: UploadedFile) => Promise<void>;
}

/** A place for files: dropped or chosen, sent with progress, stopped on request. */
export function FileDrop({ label, accept, multiple = true, onFile }: FileDropProps): ReactNode {
  const { uploads, send, forget } = useUploads(onFile);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    send([...event.dataTransfer.files].slice(0, multiple ? undefined : 1));
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the button within does the same by keys */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={classes(
          'flex flex-wrap items-center justify-center gap-3 rounded-md border border-dashed px-3 py-4 text-soft',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        <span className="hidden sm:inline">{label}</span>
        <Button size="sm" icon={UploadIcon} onClick={() => input.current?.click()}>
          Choose {multiple ? 'files' : 'a file'}
        </Button>
        <input
          ref={input}
          type="file"
          aria-label={label}
          accept={accept}
          multiple={multiple}
          hidden
          onChange={(event) => {
            send(event.target.files ?? []);
            event.target.value = '';
          }}
        />
      </div>
      {uploads.length > 0 && (
        <ul className="mt-3 space-y-2">
          {uploads.map((upload) => (
            <li key={upload.id}>
              {upload.problem ? (
                <Notice
                  tone="bad"
                  title={`${upload.name}: ${upload.problem.detail}`}
                  action={<IconButton icon={X} size="sm" label="Close" onClick={() => forget(upload.id)} />}
                >
                  {upload.problem.hint}
                </Notice>
              ) : (
                <Progress label={upload.name} value={upload.sent} onStop={upload.stop} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
