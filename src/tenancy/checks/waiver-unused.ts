import type { Check } from './runner/check.ts';
import { listChecks } from './runner/list.ts';
import { WAIVERS } from './waivers/read-waivers.ts';

export const check: Check = {
  name: 'waiver-unused',
  title: 'A waiver waives nothing',
  why: 'A waiver whose finding is gone would hide the same finding when it comes back, and nobody would be asked again.',
  mend: 'Take it out of prisma/waivers.json.',
  also: [],
  level: 'warning',
  last: true,
  async run({ waivers, found, drift }) {
    // A quick run does not compare, so it cannot tell whether a difference is still there.
    const silent = new Set(
      drift ? [] : (await listChecks()).filter((c) => c.needs === 'drift').map((c) => c.name),
    );
    return waivers
      .filter(({ key }) => !found.has(key) && !silent.has(key.slice(0, key.indexOf(':'))))
      .map(({ key, line }) => ({
        object: key,
        detail: `Nothing is found under ${key}, which ${WAIVERS}:${line} waives.`,
        remedy: `take it out of ${WAIVERS}`,
      }));
  },
};
