import { LotlineError } from '../errors.ts';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * `90s`, `10m`, `24h` or `7d` in milliseconds.
 * @throws LotlineError `USAGE`
 */
export function milliseconds(text: string, option: string): number {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text.trim()) ?? [];
  if (unit) return Number(number) * UNITS[unit as keyof typeof UNITS];
  throw new LotlineError(
    'USAGE',
    `${option}: "${text}" is no length of time.`,
    'give a number with s, m, h or d, for example 10m',
  );
}
