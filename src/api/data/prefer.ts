import { HttpFault } from '../../http/index.ts';

/** What a caller prefers (RFC 7240), as far as it is known here; the rest is passed over unless `handling=strict`. */
export interface Preferences {
  readonly return: 'minimal' | 'representation' | 'headers-only' | undefined;
  readonly resolution: 'merge-duplicates' | 'ignore-duplicates' | undefined;
  readonly maxAffected: number;
  /** For the header Preference-Applied. */
  readonly applied: readonly string[];
}

const AFFECTED = 1_000;
const AFFECTED_MOST = 10_000;

const KNOWN: Readonly<Record<string, RegExp>> = {
  return: /^(minimal|representation|headers-only)$/,
  resolution: /^(merge-duplicates|ignore-duplicates)$/,
  'max-affected': /^[1-9]\d{0,4}$/,
  missing: /^default$/,
  handling: /^(strict|lenient)$/,
};

/** @throws HttpFault `PREFERENCE_UNKNOWN` under `handling=strict`, or for a limit that is none */
export function readPreferences(header: string | undefined): Preferences {
  const asked = (header ?? '')
    .split(/[,;]/)
    .map((p) => p.trim())
    .filter(Boolean)
    .map((p) => p.split('=', 2).map((x) => x.trim().replace(/^"|"$/g, '')) as [string, string?]);
  const known = new Map<string, string>();
  const unknown: string[] = [];
  for (const [name, value = ''] of asked) {
    if (Object.hasOwn(KNOWN, name) && KNOWN[name]!.test(value) && !known.has(name)) known.set(name, value);
    else unknown.push(`${name}${value && `=${value}`}`);
  }
  // Whoever bounds a change must not have the bound passed over because it was written wrong.
  const bound = unknown.find((u) => u.startsWith('max-affected'));
  if (bound || (known.get('handling') === 'strict' && unknown.length > 0))
    throw new HttpFault(
      400,
      'PREFERENCE_UNKNOWN',
      `The preference "${(bound ?? unknown[0]!).slice(0, 100)}" is not known here.`,
      'Leave it out, or leave out handling=strict; the guide lists the preferences.',
    );
  const maxAffected = Math.min(Number(known.get('max-affected') ?? AFFECTED), AFFECTED_MOST);
  return {
    return: known.get('return') as Preferences['return'],
    resolution: known.get('resolution') as Preferences['resolution'],
    maxAffected,
    applied: [...known].filter(([name]) => name !== 'handling').map(([name, value]) => `${name}=${value}`),
  };
}
