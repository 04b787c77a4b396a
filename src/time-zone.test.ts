import { expect, it } from 'vitest';
import { settingsFaults } from './modules/organizations/settings.ts';
import { isTimeZone } from './time-zone.ts';

it.each(['UTC', 'America/Chicago', 'Asia/Kolkata'])('takes %s for a time zone', (zone) => {
  expect(isTimeZone(zone)).toBe(true);
});

it.each(['', 'Mars/Olympus', '+05:30', null, 7])(
  'takes %j for none, and so do the settings of an organization',
  (zone) => {
    expect(isTimeZone(zone)).toBe(false);
    expect(settingsFaults({ timezone: zone })).toMatchObject([{ field: 'settings.timezone' }]);
  },
);
