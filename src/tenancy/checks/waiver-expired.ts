import type { Check } from './runner/check.ts';
import { WAIVERS } from './waivers/read-waivers.ts';
import { holds } from './waivers/waiver.ts';

export const check: Check = {
  name: 'waiver-expired',
  title: 'A waiver has ended',
  why: 'What was accepted for a time counts again after its last day. A waiver that stays behind hides that somebody wanted to look again.',
  mend: 'Mend what was waived, or decide anew and write another last day.',
  also: [],
  level: 'warning',
  last: true,
  async run({ waivers, today }) {
    return waivers
      .filter((waiver) => !holds(waiver, today))
      .map(({ key, until, line }) => ({
        object: key,
        detail: `The waiver of ${key} (${WAIVERS}:${line}) held until ${until}.`,
        remedy: 'mend what it waives and take it out, or write another last day with the reason of today',
      }));
  },
};
