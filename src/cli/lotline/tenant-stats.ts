import { organizationNames } from '../../modules/organizations/index.ts';
import { allTenantStats, type TenantStats, tenantStats } from '../../tenancy/lifecycle/index.ts';
import type { Command, ExitCode } from '../command.ts';
import { bytes, count, withTenants } from '../tenant-session.ts';

export const command: Command = {
  name: 'lotline tenant stats',
  summary:
    'Says how much an organization holds, table by table; without a name, how much each of them holds.',
  positionals: [{ name: 'organization', help: 'its address or its id' }],
  options: { json: { type: 'boolean', help: 'print one JSON object' } },
  run: (values) =>
    withTenants<ExitCode>(Boolean(values.json), async ({ lifecycle, organization, platform, progress }) => {
      if (typeof values.organization === 'string') {
        const { id, name, slug } = await organization(values.organization);
        const stats = await tenantStats(lifecycle, id);
        progress.done();
        console.log(
          values.json
            ? JSON.stringify({ ok: true, name, slug, ...stats }, null, 2)
            : `${name} (${slug}), ${id}\n${oneText(stats)}`,
        );
        return 0;
      }
      const names = await platform(organizationNames);
      const all = (await allTenantStats(lifecycle)).map((s) => ({
        slug: names.get(s.tenant)?.slug ?? '',
        ...s,
      }));
      progress.done();
      console.log(values.json ? JSON.stringify({ ok: true, organizations: all }, null, 2) : allText(all));
      return 0;
    }),
};

function oneText({ rows, bytes: size, members, oldest, newest, tables }: TenantStats): string {
  const lines = tables.map((t) => [t.table, count(t.rows), bytes(t.bytes), t.oldest ?? '', t.newest ?? '']);
  return `${aligned([['table', 'rows', 'bytes', 'oldest', 'newest'], ...lines])}
${count(rows)} rows, about ${bytes(size)} without indexes, ${members ?? 0} members, from ${oldest ?? '?'} to ${newest ?? '?'}`;
}

function allText(all: readonly (TenantStats & { slug: string })[]): string {
  const lines = all.map((s) => [s.slug, count(s.rows), bytes(s.bytes), `${s.members ?? ''}`, s.newest ?? '']);
  return aligned([['organization', 'rows', 'bytes', 'members', 'newest'], ...lines]);
}

/** Columns in one width each; what stands in the second to the fourth is flush right. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const cell = (text: string, i: number) =>
    i > 0 && i < 4 ? text.padStart(widths[i]!) : text.padEnd(widths[i]!);
  return lines.map((line) => `  ${line.map(cell).join('  ').trimEnd()}`).join('\n');
}
