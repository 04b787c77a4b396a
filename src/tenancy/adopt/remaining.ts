import type { Proposal } from './proposal.ts';
import type { Subject } from './subject.ts';
import { plain, type Table } from './tables.ts';

const TOKENS = /verificationtoken|passwordreset|magiclink|verification$|otp|invitationcode/;
const MACHINERY =
  /migration|ratelimit|cron|lock|jobs?$|queue|jackson|installation|healthcheck|instancesetting|license/;
const LOOKUP =
  /countr|currenc|language|locale|timezone|plans?$|tiers?$|features?$|categor|permissions?$|roles?$|products?$|prices?$/;

/**
 * What no reference connects with a tenant or a person. Nothing is opened on a guess: rows are read by all only where
 * the table looks like reference data, and everything else stays closed until somebody decides.
 */
export function remaining(
  table: Table,
  known: ReadonlyMap<string, Proposal>,
  { tables }: Subject,
): Omit<Proposal, 'table'> {
  const name = plain(table.model);
  const pointing = tables.filter((t) => t !== table && t.references.some((r) => r.target === table.model));
  if (TOKENS.test(name) || MACHINERY.test(name)) {
    const what = TOKENS.test(name)
      ? 'tokens of people who are not signed in yet'
      : 'machinery of the installation';
    return {
      scope: 'platform',
      confidence: 'medium',
      reason: `${what}, by its name`,
      readByAll: false,
      notes: [],
    };
  }
  const above = table.references.map((r) => known.get(r.target)).find((p) => p?.scope === 'platform');
  if (above && !above.readByAll) {
    return {
      scope: 'platform',
      confidence: 'medium',
      reason: `belongs to ${above.table.model}, which is the platform’s`,
      readByAll: false,
      notes: [],
    };
  }
  const owned = ownersOf(table, tables);
  const natural = table.uniques.some((u) => /slug|code|name|key|identifier/.test(plain(u.join(''))));
  if (
    pointing.length > 0 &&
    owned.length === 0 &&
    LOOKUP.test(name) &&
    (natural || table.references.length === 0)
  ) {
    return {
      scope: 'platform',
      confidence: 'low',
      reason: `reference data by its name; ${list(pointing)} ${pointing.length === 1 ? 'points' : 'point'} at it and it points at nobody`,
      readByAll: true,
      notes: ['every tenant reads it: make sure that no tenant writes rows of its own'],
    };
  }
  const closed = 'closed to the application until it is decided';
  if (owned.length > 0) {
    return unknown(
      `its rows are parts of ${list(owned)}, but the key stands on that side`,
      `${closed}: add a column for the tenant, or turn the reference round`,
    );
  }
  if (pointing.length > 0)
    return unknown(
      `${list(pointing)} ${pointing.length === 1 ? 'points' : 'point'} at it, it points at nobody`,
      closed,
    );
  const columns = table.columns.filter((c) => /id$/i.test(c.column) && !table.key.includes(c.column));
  return unknown(
    columns.length > 0
      ? `no relation; ${columns.map((c) => c.column).join(', ')} may name other rows`
      : 'nothing connects it with a tenant or a person',
    closed,
  );
}

/** Tables of which each row points at one row here that no other points at: the key stands on the owner's side. */
export function ownersOf(table: Table, tables: readonly Table[]): Table[] {
  return tables.filter((t) =>
    t.references.some(
      (r) =>
        r.by === 'relation' &&
        r.target === table.model &&
        t !== table &&
        [t.key, ...t.uniques].some((u) => u.join() === r.columns.join()),
    ),
  );
}

function unknown(reason: string, note: string): Omit<Proposal, 'table'> {
  return { scope: 'unknown', confidence: 'low', reason, readByAll: false, notes: [note] };
}

function list(tables: readonly Table[]): string {
  const names = tables.map((t) => t.model);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
