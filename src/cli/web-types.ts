import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentWithoutServer } from '../api/document-without-server.ts';
import { projectRoot } from '../root.ts';
import { readGenerated } from '../tenancy/index.ts';
import { type Document, printDocument } from './web-types/print-document.ts';

/** Writes the types of the API for the web application, `web/generated/api.d.ts`. @returns whether they were others before */
export function writeWebTypes(root: string): boolean {
  const file = join(root, 'web/generated/api.d.ts');
  const text = printDocument(documentWithoutServer(readGenerated(root).boundary) as Document);
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {}
  if (before === text) return false;
  mkdirSync(join(root, 'web/generated'), { recursive: true });
  writeFileSync(file, text);
  return true;
}

if (import.meta.main) writeWebTypes(projectRoot());
