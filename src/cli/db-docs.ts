import {
  readReference,
  renderChecks,
  renderReference,
  staleFiles,
  writeReference,
} from '../reference/index.ts';
import { projectRoot } from '../root.ts';
import { runCommand } from './command.ts';

export interface DocsResult {
  /** Paths of everything that is generated, relative to the project. */
  readonly files: readonly string[];
  /** What was written, or with `check` would be. */
  readonly changed: readonly string[];
}

/** Generates the reference from the annotated schema; with `check` it only compares. Needs no database. */
export async function docs(root: string, check: boolean): Promise<DocsResult> {
  const files = new Map([...(await renderReference(await readReference(root))), ...(await renderChecks())]);
  const changed = check ? staleFiles(files, root) : writeReference(files, root).changed;
  return { files: [...files.keys()], changed };
}

if (import.meta.main) {
  await runCommand({
    name: 'db:docs',
    summary:
      'Writes the generated reference: quick reference, models, enums, policies, one diagram per module, and the pages of the checks.',
    options: {
      check: { type: 'boolean', help: 'write nothing, and fail when something is stale' },
      json: { type: 'boolean', help: 'print one JSON object' },
    },
    exits: { 0: 'everything is current', 1: 'with --check: something is stale' },
    run: async (values) => {
      const { files, changed } = await docs(projectRoot(), Boolean(values.check));
      const ok = !values.check || changed.length === 0;
      if (values.json) console.log(JSON.stringify({ ok, files, changed }, null, 2));
      else if (changed.length === 0) console.log(`The ${files.length} files of the reference are current.`);
      else {
        console.log(changed.map((path) => `${values.check ? 'stale' : 'wrote'} ${path}`).join('\n'));
        if (!ok) console.log('Run npm run db:docs and commit what it writes.');
      }
      return ok ? 0 : 1;
    },
  });
}
