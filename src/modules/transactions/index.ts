export { street, transactionRows } from './seed.ts';
