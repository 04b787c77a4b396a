import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a server that the application may use',
    breaks:
      'CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere; GRANT USAGE ON FOREIGN SERVER elsewhere TO lotline_app',
    object: 'server elsewhere lotline_app',
  },
  {
    finds: 'a login for everybody',
    breaks:
      'CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere; CREATE USER MAPPING FOR PUBLIC SERVER elsewhere',
    object: 'server elsewhere public',
  },
];
