/**
 * Whether this Node knows the IANA time zone, such as `America/Chicago`. Offsets such as `+05:30` are none: they have no
 * summer time, and to PostgreSQL they mean the opposite.
 */
export function isTimeZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || !/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
