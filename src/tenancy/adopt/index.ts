export { type Adoption, type AdoptOptions, adopt } from './adopt.ts';
export type { Proposal } from './proposal.ts';
export { type ForeignSchema, foreignSchema, readForeignSchema } from './read.ts';
export { adoptionJson, describeAdoption } from './report.ts';
export { writeAdoption } from './write.ts';
