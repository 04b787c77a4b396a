import { importTenant } from '../../tenancy/lifecycle/index.ts';
import { callerPath } from '../caller-path.ts';
import type { Command, ExitCode } from '../command.ts';
import { actorOf, BY, count, tableText, withTenants } from '../tenant-session.ts';

export const command: Command = {
  name: 'lotline tenant import',
  summary: 'Brings an exported organization back, with the same ids, and proves it before anything is kept.',
  positionals: [{ name: 'folder', help: 'an export', required: true }],
  options: { by: BY, json: { type: 'boolean', help: 'print one JSON object' } },
  exits: { 0: 'imported and proved', 1: 'nothing was written; the message says why' },
  run: (values) =>
    withTenants<ExitCode>(Boolean(values.json), async ({ lifecycle, progress }) => {
      const folder = callerPath(String(values.folder));
      const imported = await importTenant(lifecycle, folder, actorOf(values.by));
      progress.done();
      const { tenant, rows, tables, created, changed } = imported;
      if (values.json) console.log(JSON.stringify({ ok: true, ...imported }, null, 2));
      else
        console.log(
          `${tableText(tables)}\nImported ${tenant}: ${count(rows)} rows, read back and equal to the export; ${created} accounts made` +
            `${changed > 0 ? `; ${changed} rows of others are no longer as they were when it was exported, and stay` : ''}.`,
        );
      return 0;
    }),
};
