import { type Erased, type ErasePreview, eraseTenant, previewErase } from '../../tenancy/lifecycle/index.ts';
import { callerPath } from '../caller-path.ts';
import type { Command, ExitCode } from '../command.ts';
import { actorOf, BY, count, tableText, withTenants } from '../tenant-session.ts';

export const command: Command = {
  name: 'lotline tenant erase',
  summary:
    'Erases an organization and proves that nothing is left. Without --confirm it only says what it would do.',
  positionals: [{ name: 'organization', help: 'its address or its id', required: true }],
  options: {
    confirm: { type: 'string', value: 'word', help: 'the word that the dry run printed: erase for good' },
    export: {
      type: 'string',
      value: 'folder',
      help: 'an export of it: is verified, and the record names its manifest',
    },
    'keep-people': {
      type: 'boolean',
      help: 'leave the accounts of members who belong to no other organization',
    },
    by: BY,
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  exits: { 0: 'told, or erased and proved', 1: 'nothing was erased; the message says why' },
  run: (values) =>
    withTenants<ExitCode>(Boolean(values.json), async ({ lifecycle, organization, progress }) => {
      const { id, slug, name } = await organization(String(values.organization));
      const options = {
        keepPeople: Boolean(values['keep-people']),
        ...(typeof values.export === 'string' ? { exported: callerPath(values.export) } : {}),
      };
      const consent = values.confirm;
      const result =
        typeof consent === 'string'
          ? await eraseTenant(lifecycle, id, consent, actorOf(values.by), options)
          : await previewErase(lifecycle, id, options);
      progress.done();
      if (values.json)
        console.log(JSON.stringify({ ok: true, dryRun: 'token' in result, slug, ...result }, null, 2));
      else
        console.log('token' in result ? previewText(result, `${name} (${slug})`) : erasedText(result, name));
      return 'token' in result && result.held.length > 0 ? 1 : 0;
    }),
};

function previewText({ tables, people, held, token }: ErasePreview, name: string): string {
  const rows = Object.values(tables).reduce((a, b) => a + b, 0);
  const refused = held.map((h) => `  ${h.column}  ${count(h.rows)}`).join('\n');
  return [
    `Dry run; nothing was changed. Erasing ${name} would delete`,
    tableText(tables),
    `${count(rows)} rows, and the accounts of ${people.leaving} members${people.staying > 0 ? `; ${people.staying} stay, being known elsewhere` : ''}.`,
    held.length > 0
      ? `It would be refused: rows of others refer to it.\n${refused}`
      : `To erase it for good: repeat with --confirm ${token}`,
  ].join('\n');
}

function erasedText({ tables, people, proof, after }: Erased, name: string): string {
  const rows = Object.values(tables).reduce((a, b) => a + b, 0);
  const mentions = after.mentions.map((m) => `  ${m.column}  ${count(m.rows)}`).join('\n');
  return [
    tableText(tables),
    `Erased ${name}: ${count(rows)} rows and ${people} accounts.`,
    `Its id was looked for in ${proof.columns} columns of ${proof.tables} tables, before the deletion was kept and after: nothing is left.`,
    ...(mentions ? [`Logs of the platform mention the id, and keep it:\n${mentions}`] : []),
  ].join('\n');
}
