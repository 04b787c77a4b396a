import type { WebModule } from './module.ts';

const found = import.meta.glob<{ module: WebModule }>('../modules/*/index.ts', { eager: true });

/** All modules, as their folders are found. Their pages are loaded when they are opened. */
export const modules: readonly WebModule[] = Object.values(found).map(({ module }) => module);
