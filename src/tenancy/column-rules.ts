import type { Annotation } from './annotations.ts';

/**
 * What annotations say of a column's values, as numbers and names: for whoever judges a value before the database does.
 * The column's check says the same in SQL, and more where a field has a `@check` of its own.
 */
export interface ColumnRules {
  /** Characters (code points), both ends included. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Bounds as the schema writes them; decimal, so that nothing is lost. */
  readonly min?: string;
  readonly max?: string;
  readonly exclusiveMin?: string;
  readonly exclusiveMax?: string;
  /** A name of `@format`. */
  readonly format?: string;
}

/** Lengths that a format brings with it; see formats.ts for where they come from. */
const BY_FORMAT: Readonly<Record<string, ColumnRules>> = {
  email: { minLength: 3, maxLength: 320 },
  url: { maxLength: 500 },
  slug: { maxLength: 255 },
  'storage-key': { maxLength: 500 },
};

const BOUND = { '>=': 'min', '>': 'exclusiveMin', '<=': 'max', '<': 'exclusiveMax' } as const;

/** The rules of a field's annotations; undefined where they say nothing. Annotations at fault are told elsewhere. */
export function rulesOf(annotations: readonly Annotation[]): ColumnRules | undefined {
  const found = annotations.map((annotation): ColumnRules => {
    switch (annotation.kind) {
      case 'length': {
        const [, low, high] = /^(\d+)?\.\.(\d+)$/.exec(annotation.argument) ?? [];
        if (high === undefined) return {};
        return { ...(low === undefined ? {} : { minLength: Number(low) }), maxLength: Number(high) };
      }
      case 'range': {
        const [, low, high] = /^(-?[\d.]+?)\.\.(-?[\d.]+)$/.exec(annotation.argument) ?? [];
        if (low !== undefined && high !== undefined) return { min: low, max: high };
        const [, sign, bound] = /^(>=|>|<=|<)\s*(-?[\d.]+)$/.exec(annotation.argument) ?? [];
        return sign && bound ? { [BOUND[sign as keyof typeof BOUND]]: bound } : {};
      }
      case 'format':
        return { ...BY_FORMAT[annotation.argument], format: annotation.argument };
      default:
        return {};
    }
  });
  const all = found.reduce<ColumnRules>(narrower, {});
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Both hold, so of two lengths the narrower one does. */
function narrower(a: ColumnRules, b: ColumnRules): ColumnRules {
  const minLength = Math.max(a.minLength ?? 0, b.minLength ?? 0);
  const maxLength = Math.min(a.maxLength ?? Infinity, b.maxLength ?? Infinity);
  return {
    ...a,
    ...b,
    ...(minLength > 0 ? { minLength } : {}),
    ...(maxLength < Infinity ? { maxLength } : {}),
  };
}
