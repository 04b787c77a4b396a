export { workspaceRows } from './seed.ts';
