export { campaignRows } from './seed.ts';
