import type { World } from '../world.ts';
import { installRivals } from './install.ts';
import { prismaExtension, prismaPlain } from './prisma.ts';
import { rawPg } from './raw-pg.ts';
import { assertPages, type Rival } from './rival.ts';

export type { Rival } from './rival.ts';

/**
 * Every rival, ready and proved to give the same pages: first Prisma without row security, with which all are compared.
 * Each holds a pool of its own; `stop()` ends it. The first call on a machine installs packages, which takes a minute.
 * @throws LotlineError `RIVALS_NOT_INSTALLED`, Error where a rival does not do the work
 */
export async function openRivals(world: World): Promise<Rival[]> {
  installRivals();
  // Only now can these modules find the packages they import.
  const [{ drizzleRls }, { zenstackPolicies }] = await Promise.all([
    import('./drizzle.ts'),
    import('./zenstack.ts'),
  ]);
  const rivals = [
    prismaPlain(world),
    prismaPlain(world, { prepared: true }),
    prismaExtension(world),
    prismaExtension(world, { prepared: true }),
    rawPg(world),
    drizzleRls(world),
    await zenstackPolicies(world),
  ];
  for (const rival of rivals) await assertPages(rival, world);
  return rivals;
}
