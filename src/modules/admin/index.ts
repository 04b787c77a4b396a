export { adminDemoRows, adminPlatformRows } from './seed.ts';
