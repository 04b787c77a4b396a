export { reidRows } from './seed.ts';
