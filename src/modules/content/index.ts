import type { Module } from '../module.ts';
import { jobs } from './jobs.ts';
import { routes } from './routes.ts';
import { contentRules } from './rules.ts';

export { createContent } from './pieces.ts';
export { contentRows } from './seed.ts';

export const content: Module = {
  name: 'content',
  description: 'Pages, posts and templates: their slugs, and their way from draft to publication.',
  routes,
  jobs,
  rules: [contentRules],
};
