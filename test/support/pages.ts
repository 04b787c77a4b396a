import { PERMISSIONS, type Permission } from '../../src/auth/permissions.ts';
import { LIMITS, TIERS } from '../../src/auth/tiers.ts';
import type { Module } from '../../src/modules/index.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** The table of `docs/plans.md`, from the one that the server enforces. */
export function plansTable(): string {
  const shown = (value: unknown) =>
    value === null
      ? 'unlimited'
      : typeof value === 'number'
        ? value.toLocaleString('en-US')
        : value
          ? 'yes'
          : 'no';
  const numbers = Object.keys(LIMITS.FREE).filter((name) => name !== 'features');
  const features = Object.keys(LIMITS.FREE.features);
  return table(
    ['limit', ...TIERS],
    [
      ...numbers.map((name) => [`\`${name}\``, ...TIERS.map((t) => shown(LIMITS[t][name as 'seats']))]),
      ...features.map((name) => [
        `\`features.${name}\``,
        ...TIERS.map((t) => shown(LIMITS[t].features[name as 'activityLog'])),
      ]),
    ],
  );
}

/** The tables of `docs/permissions.md`: who has a permission, and which routes ask for it. */
export function permissionTables(modules: readonly Module[]): string {
  const routes = modules.flatMap((m) => m.routes);
  const roles = table(
    ['permission', 'weakest role'],
    (Object.keys(PERMISSIONS) as Permission[]).map((p) => [`\`${p}\``, PERMISSIONS[p]]),
  );
  const asked = table(
    ['route', 'permission', 'plan'],
    routes.map((r) => [
      `\`${r.method.toUpperCase()} ${r.path}\``,
      `\`${r.permission}\``,
      r.feature ? `\`${r.feature}\`` : '',
    ]),
  );
  return `${roles}\n\n## Routes\n\n${asked}`;
}
