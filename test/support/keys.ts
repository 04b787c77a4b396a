import { fileURLToPath } from 'node:url';
import type { ContextKey } from '../../src/tenancy/index.ts';

/** What also programs may import that a test starts, in which there is no test runner. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const contextKey: ContextKey = { id: 1, secret: Buffer.alloc(32, 7) };
