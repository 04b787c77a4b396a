import { words } from '../../ui/format.ts';

/** A run of a background job, as the API tells it. */
export interface Run {
  readonly id: string;
  readonly userId: string | null;
  readonly name: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** From 0 to 1. */
  readonly progress: number;
  readonly message: string | null;
  readonly error: string | null;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly runAt: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** `crm.score-leads` as people read it: `Score leads`, of `crm`. */
export function nameOf(name: string): { readonly what: string; readonly module: string } {
  const [module, verb] = name.includes('.') ? (name.split(/\.(.*)/s) as [string, string]) : ['', name];
  return { what: words(verb.replaceAll('-', '_')), module };
}
