import { expect, it } from 'vitest';
import { appOn } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { fuzz } from './fuzz.ts';
import { openWorld } from './world.ts';

const MINUTES = 60_000;

it(
  'answers 2,500 generated requests to every operation as its document says, of three roles and of nobody',
  async () => {
    const { db } = await demoDatabase();
    const server = await appOn(db);
    const world = await openWorld(db.urls.superuser, server);
    try {
      const result = await fuzz({
        ...world,
        fetch: (request) => server.app.fetch(request),
        count: 2_500,
        seed: 20_261_125,
      });
      expect(result.faults).toEqual([]);
      expect(result.sent).toBeGreaterThanOrEqual(result.operations * 4);
      expect(result.succeeded.length).toBeGreaterThan(result.operations / 3);
    } finally {
      await world.close();
    }
  },
  10 * MINUTES,
);
