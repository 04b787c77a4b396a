import type { Module } from '../module.ts';
import { jobs } from './jobs.ts';
import { routes } from './routes.ts';
import { rules } from './rules.ts';

/** The server side of customer relations. */
export const crm: Module = {
  name: 'crm',
  description:
    'Leads that are scored and converted, contacts without duplicates, deals on a board with their history, listings ' +
    'on the market, and a calendar in which nobody is in two places.',
  routes,
  jobs,
  rules,
};
