/** How this browser’s person writes; undefined is the browser’s own choice. */
const LOCALE = undefined;

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Making one costs more than a hundred uses of it, and lists use the same few in every row. */
function kept<F extends Intl.NumberFormat | Intl.DateTimeFormat, O extends object>(
  Format: new (locale: undefined, options: O) => F,
  options: O,
): F {
  const key = Format.name + JSON.stringify(options);
  const made = formats.get(key) ?? new Format(LOCALE, options);
  formats.set(key, made);
  return made as F;
}

const numbers = (options: Intl.NumberFormatOptions) => kept(Intl.NumberFormat, options);
const dates = (options: Intl.DateTimeFormatOptions) => kept(Intl.DateTimeFormat, options);

/** An amount of money that came as a decimal string; its digits are not rounded through a float where they are shown whole. */
export function money(amount: string | null | undefined, currency: string, whole = false): string {
  if (amount === null || amount === undefined || amount === '') return '';
  const format = numbers({
    style: 'currency',
    currency,
    ...(whole ? { maximumFractionDigits: 0 } : {}),
  });
  // Decimal strings are formatted exactly (ECMA-402, “Intl mathematical value”).
  return format.format(amount as never);
}

/** Short for figures on a dashboard: `$1.2M`. */
export function moneyShort(amount: string | null | undefined, currency: string): string {
  if (!amount) return money('0', currency, true);
  return numbers({
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(amount as never);
}

export function number(value: number | string | null | undefined): string {
  return value === null || value === undefined ? '' : numbers({}).format(value as never);
}

export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let rest = value;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return numbers({
    style: 'unit',
    unit: units[unit] as string,
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: rest < 10 && unit > 0 ? 1 : 0,
  }).format(rest);
}

/** A calendar day (`YYYY-MM-DD`), which is the same in every zone. */
export function day(value: string | null | undefined): string {
  if (!value) return '';
  const [y, m, d] = value.slice(0, 10).split('-').map(Number) as [number, number, number];
  return dates({ dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(y, m - 1, d));
}

/** A moment, in the person’s zone. */
export function moment(value: string | null | undefined): string {
  if (!value) return '';
  return dates({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));
}

export function time(value: string | Date): string {
  return dates({ timeStyle: 'short' }).format(new Date(value));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago, or how soon: `3 days ago`. */
export function ago(value: string | Date, now: number = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1_000;
  const format = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
  for (const [unit, size] of STEPS)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, 'minute');
}

/** A constant of the API as people read it: `CLOSED_WON` → `Closed won`. */
export function words(constant: string | null | undefined): string {
  if (!constant) return '';
  const text = constant.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
