import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a migration history that the application may write',
    breaks: 'GRANT INSERT ON public._prisma_migrations TO lotline_app',
    object: '_prisma_migrations lotline_app',
  },
];
