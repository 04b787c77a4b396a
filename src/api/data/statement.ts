import type { FieldFault } from '../../errors.ts';
import type { DataModel } from './model.ts';

/** Who asks, as far as building a statement must know. */
export interface Asker {
  readonly organizationId: string | undefined;
  readonly userId: string | undefined;
  readonly mayRead: (model: DataModel) => boolean;
  readonly mayWrite: (model: DataModel) => boolean;
}

/** One statement in the making: its values, its aliases and what was found wrong with the request. */
export class Statement {
  readonly asker: Asker;
  readonly values: (string | null)[] = [];
  readonly faults: FieldFault[] = [];
  #aliases = 0;
  #conditions = 0;

  constructor(asker: Asker) {
    this.asker = asker;
  }

  /** A value as a parameter; the same text of SQL whatever the value, so that the statement stays prepared. */
  param(value: string | null, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  alias(): string {
    this.#aliases += 1;
    return `r${this.#aliases}`;
  }

  /** Counts a condition; false where there are too many. */
  counts(name: string): boolean {
    this.#conditions += 1;
    if (this.#conditions === CONDITIONS_MOST + 1)
      this.fault(name, 'TOO_MANY', `At most ${CONDITIONS_MOST} conditions are allowed.`);
    return this.#conditions <= CONDITIONS_MOST;
  }

  /** Notes a fault; gives a condition that nothing meets, since the statement will not be run. */
  fault(field: string, code: string, message: string): 'false' {
    this.faults.push({ field, code, message });
    return 'false';
  }
}

const CONDITIONS_MOST = 100;

/** A list as PostgreSQL reads an array. */
export function arrayText(items: readonly string[]): string {
  return `{${items.map((i) => `"${i.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
