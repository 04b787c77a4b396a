import { describe, expect, it } from 'vitest';
import { openLog } from '../../src/api/log.ts';
import { appOf } from '../../src/api/server.ts';
import type { Auth } from '../../src/auth/index.ts';
import { PERMISSIONS, type Permission } from '../../src/auth/permissions.ts';
import { appOn, BASE } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { attackHttp } from './http/attack.ts';
import { VICTIM } from './http/attackers.ts';

const MINUTES = 60_000;

/** The door broken on purpose, one thing at a time. */
const MUTANTS: Readonly<Record<string, (auth: Auth, owner: () => Promise<Headers>) => Partial<Auth>>> = {
  'lets everybody into the organization of the path': (auth, owner) => ({
    enter: async (who, organization) => {
      if (organization !== VICTIM) return auth.enter(who, organization);
      return auth.enter((await auth.authenticate(await owner()))!, organization);
    },
  }),
  'asks for no permission': (auth) => ({
    enter: async (who, organization) => ({
      ...(await auth.enter(who, organization)),
      permissions: new Set(Object.keys(PERMISSIONS) as Permission[]),
    }),
  }),
  'takes credentials that have ended': (auth, owner) => ({
    authenticate: async (headers) => {
      try {
        return await auth.authenticate(headers);
      } catch {
        return auth.authenticate(await owner());
      }
    },
  }),
};

describe('the attack over HTTP notices a door that', () => {
  it.each(Object.keys(MUTANTS))(
    '%s',
    async (name) => {
      const { db } = await demoDatabase();
      const whole = await appOn(db);
      let credentials: Promise<Record<string, string>> | undefined;
      const owner = async () => {
        credentials ??= whole.signIn('ottoline@quillmarsh.example');
        return new Headers(await credentials);
      };
      const auth = { ...whole.parts.auth, ...MUTANTS[name]!(whole.parts.auth, owner) };
      const app = appOf({ ...whole.parts, auth }, whole.config, BASE, openLog('silent'));
      const report = await attackHttp({
        server: { ...whole, app },
        superuserUrl: db.urls.superuser,
        client: db.superuser,
        each: 1,
        seed: 1,
        operations: ({ path }) => path.endsWith('/data/deals/{id}'),
      });
      expect(report.leaks.length).toBeGreaterThan(0);
    },
    5 * MINUTES,
  );
});
