import type { FieldFault } from '../../errors.ts';
import { isTimeZone } from '../../time-zone.ts';

type Check = (value: unknown) => string | undefined;

const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most
      ? undefined
      : `is a text up to ${most} characters`;

const KNOWN: Readonly<Record<string, Check>> = {
  locale: (value) => (isLocale(value) ? undefined : 'is a language tag (BCP 47), such as en-US'),
  timezone: (value) =>
    isTimeZone(value) ? undefined : 'is a time zone of the IANA database, such as America/Chicago',
  currency: (value) =>
    typeof value === 'string' && /^[A-Z]{3}$/.test(value)
      ? undefined
      : 'is a currency (ISO 4217), such as USD',
};

const EMAIL: Readonly<Record<string, Check>> = {
  from_name: text(200),
  from_email: (value) =>
    typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value) && value.length <= 320
      ? undefined
      : 'is an e-mail address',
};

/** What is wrong with the settings of an organization: `{locale, timezone, currency, email, features}`, all optional. */
export function settingsFaults(settings: unknown): FieldFault[] {
  if (!isObject(settings)) return [fault('settings', 'is an object')];
  return Object.entries(settings).flatMap(([name, value]): FieldFault[] => {
    if (name === 'email') return emailFaults(value);
    if (name === 'features') return featureFaults(value);
    const check = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
    if (!check) return [fault(`settings.${name}`, 'is no setting')];
    const said = check(value);
    return said ? [fault(`settings.${name}`, said)] : [];
  });
}

function emailFaults(value: unknown): FieldFault[] {
  if (!isObject(value)) return [fault('settings.email', 'is an object')];
  return Object.entries(value).flatMap(([name, inner]) => {
    const check = Object.hasOwn(EMAIL, name) ? EMAIL[name] : undefined;
    const said = check ? check(inner) : 'is no setting';
    return said ? [fault(`settings.email.${name}`, said)] : [];
  });
}

function featureFaults(value: unknown): FieldFault[] {
  if (!isObject(value)) return [fault('settings.features', 'is an object')];
  return Object.entries(value)
    .filter(([, on]) => typeof on !== 'boolean')
    .map(([name]) => fault(`settings.features.${name}`, 'is true or false'));
}

const fault = (field: string, message: string): FieldFault => ({ field, code: 'SETTING_INVALID', message });

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLocale(value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
