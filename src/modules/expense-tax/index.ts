export { categoryIds, expenseRows } from './seed.ts';
