import type { Module } from '../module.ts';
import { jobs } from './jobs.ts';
import { routes } from './routes.ts';
import { rules } from './rules.ts';

export { street, transactionRows } from './seed.ts';

export const transactions: Module = {
  name: 'transactions',
  description:
    'Transactions ("loops") with their parties, documents and versions, signatures in order, tasks, workflows and log.',
  routes,
  jobs,
  rules,
};
