export { crm } from './crm.ts';
export { person } from './people.ts';
export { crmRows } from './seed.ts';
