import type { AnyRoute, ModelRules } from '../http/index.ts';
import type { AnyJob } from '../queue/index.ts';

/** The server side of a business module, as its `index.ts` gives it to the composition. */
export interface Module {
  readonly name: string;
  /** Shown above its routes in the reference. */
  readonly description: string;
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly AnyJob[];
  readonly rules: readonly ModelRules[];
}
