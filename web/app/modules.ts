import type { WebModule } from './module.ts';

const found = import.meta.glob<WebModule>('../modules/*/module.ts', { eager: true, import: 'module' });

/** All modules, as their folders are found. Their pages are loaded when they are opened. */
export const modules: readonly WebModule[] = Object.values(found);
