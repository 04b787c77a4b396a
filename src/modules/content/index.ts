export { contentRows } from './seed.ts';
