export { ensureOffices, ensurePlatform, type Platform } from './seed.ts';
