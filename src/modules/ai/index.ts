export { aiPlatformRows, aiRows } from './seed.ts';
