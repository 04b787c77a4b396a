import { useCallback, useRef, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem, Problem, problemOf, unreachable } from '../../api/problem.ts';

export type UploadedFile = Model<'File'>;

/** A file on its way. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly sent: number;
  readonly problem: Problem | undefined;
  stop(): void;
}

/**
 * Sends files, with their progress; one that was stopped or refused changes nothing.
 * @param onFile takes each file that has arrived
 */
export function useUploads(onFile: (file: UploadedFile) => Promise<void>) {
  const { slug } = useOrganization();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const latest = useRef(onFile);
  latest.current = onFile;
  const change = useCallback((id: string, changes: Partial<Upload>) => {
    setUploads((all) => all.map((u) => (u.id === id ? { ...u, ...changes } : u)));
  }, []);
  const forget = useCallback((id: string) => setUploads((all) => all.filter((u) => u.id !== id)), []);
  const send = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const id = crypto.randomUUID();
        const request = begin(slug, file, (sent) => change(id, { sent }));
        const upload = { id, name: file.name, sent: 0, problem: undefined, stop: () => request.stop() };
        setUploads((all) => [...all, upload]);
        request.done
          .then((stored) => latest.current(stored))
          .then(() => forget(id))
          .catch((error) => {
            if (asProblem(error).code === 'STOPPED') forget(id);
            else change(id, { problem: asProblem(error) });
          });
      }
    },
    [slug, change, forget],
  );
  return { uploads, send, forget };
}

/** XMLHttpRequest, since fetch does not tell how much was sent. */
function begin(slug: string, file: File, onSent: (part: number) => void) {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadedFile>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onSent(total ? loaded / total : 0);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new Problem({ code: 'STOPPED', status: 0, detail: 'Stopped.' }));
    request.onload = () => {
      if (request.status < 300) return resolve(JSON.parse(request.responseText) as UploadedFile);
      const body = new Response(request.responseText, { status: request.status });
      return void problemOf(body).then(reject);
    };
  });
  request.open('POST', `/v1/orgs/${encodeURIComponent(slug)}/files?name=${encodeURIComponent(file.name)}`);
  if (file.type) request.setRequestHeader('content-type', file.type);
  request.send(file);
  return { done, stop: () => request.abort() };
}
