import { exportTenant } from '../../tenancy/lifecycle/index.ts';
import { callerPath } from '../caller-path.ts';
import type { Command, ExitCode } from '../command.ts';
import { actorOf, BY, bytes, count, withTenants } from '../tenant-session.ts';

export const command: Command = {
  name: 'lotline tenant export',
  summary:
    'Writes every row of an organization into a folder: one NDJSON file for each table, and a manifest with hashes.',
  positionals: [
    { name: 'organization', help: 'its address or its id', required: true },
    { name: 'folder', help: 'where to; must not be there. Left out: <address>-<day>' },
  ],
  options: { by: BY, json: { type: 'boolean', help: 'print one JSON object' } },
  exits: { 0: 'exported', 1: 'nothing was exported; no folder is left' },
  run: (values) =>
    withTenants<ExitCode>(Boolean(values.json), async ({ lifecycle, organization, progress }) => {
      const { id, slug } = await organization(String(values.organization));
      const day = new Date().toISOString().slice(0, 10);
      const folder = callerPath(typeof values.folder === 'string' ? values.folder : `${slug}-${day}`);
      const { manifest, manifestSha256 } = await exportTenant(lifecycle, id, folder, actorOf(values.by));
      progress.done();
      const { rows, bytes: size, takenAt, tables, stores } = manifest;
      const summary = { tenant: id, folder, takenAt, rows, bytes: size, manifestSha256 };
      if (values.json) console.log(JSON.stringify({ ok: true, ...summary, tables, stores }, null, 2));
      else
        console.log(
          `${slug}: ${count(rows)} rows of ${tables.length} tables, ${bytes(size)}, as of ${takenAt}.\n` +
            `${folder}\nSHA-256 of manifest.json: ${manifestSha256}`,
        );
      return 0;
    }),
};
