import type { Check } from './runner/check.ts';

// CVE-2025-8713 (optimizer statistics show values that row security hides): mended in these releases, see the
// PostgreSQL release notes of August 2025. 18 was first released with it.
const MENDED: Record<number, number> = { 15: 14, 16: 10, 17: 6 };

export const check: Check = {
  name: 'server-leaks-statistics',
  title: 'This release of PostgreSQL lets statistics past row security',
  why: 'Before the releases of August 2025 a function in a condition could read sampled values of rows that policies hide (CVE-2025-8713).',
  mend: 'Update the server.',
  also: [],
  level: 'warning',
  async run({ client }) {
    const { rows } = await client.query<{ number: number }>(
      "SELECT current_setting('server_version_num')::int AS number",
    );
    const number = rows[0]!.number;
    const [major, minor] = [Math.floor(number / 10_000), number % 10_000];
    const needed = MENDED[major];
    if (needed === undefined || minor >= needed) return [];
    return [
      {
        object: 'server',
        detail: `The server is PostgreSQL ${major}.${minor}.`,
        remedy: `update it to ${major}.${needed} or later`,
      },
    ];
  },
};
