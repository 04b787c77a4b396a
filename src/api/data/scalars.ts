import { isIP } from 'node:net';
import type { Kind } from './kinds.ts';

/**
 * Reads one value as text: of a query parameter, or of a body where JSON has no type of its own for it.
 * @returns the text PostgreSQL is given, or what is expected instead
 */
export function readScalar(kind: Kind, text: string): { value: string } | { expected: string } {
  switch (kind.name) {
    case 'text':
    case 'json':
      return isStorable(text) ? { value: text } : { expected: 'text without NUL or broken characters' };
    case 'enum':
      return kind.values!.includes(text)
        ? { value: text }
        : { expected: `one of ${kind.values!.join(', ')}` };
    case 'uuid':
      return UUID.test(text) ? { value: text.toLowerCase() } : { expected: 'a UUID' };
    case 'integer':
    case 'bigint':
      return readInteger(kind, text);
    case 'decimal':
      return readDecimal(kind, text);
    case 'float':
      return readFloat(kind, text);
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text } : { expected: 'true or false' };
    case 'timestamp':
      return isTimestamp(text)
        ? { value: text }
        : { expected: 'a time like 2026-03-01T09:30:00Z, with its offset, of the years 1 to 9999' };
    case 'date':
      return isDate(text) ? { value: text } : { expected: 'a date like 2026-03-01' };
    case 'bytes':
      return /^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1
        ? { value: `\\x${Buffer.from(text, 'base64url').toString('hex')}` }
        : { expected: 'bytes in base64url without padding' };
    case 'inet':
      return isInet(text) ? { value: text } : { expected: 'an IP address' };
    default:
      return { expected: 'nothing: this type cannot be read' };
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** PostgreSQL keeps no NUL in text, and UTF-8 has no lone surrogates. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function readInteger({ least, most }: Kind, text: string): { value: string } | { expected: string } {
  const expected = `a whole number from ${least} to ${most}`;
  if (!/^-?\d{1,19}$/.test(text)) return { expected };
  const value = BigInt(text);
  return value >= least! && value <= most! ? { value: value.toString() } : { expected };
}

function readDecimal({ precision = 1000, scale = 0 }: Kind, text: string) {
  const expected = `a decimal number with at most ${precision - scale} digits before and ${scale} behind the point`;
  const [, sign, whole, part = ''] = /^(-?)(\d{1,1000})(?:\.(\d{1,1000}))?$/.exec(text) ?? [];
  if (whole === undefined) return { expected };
  // No rounding behind the caller's back: digits that would be lost are a fault.
  const kept = part.replace(/0+$/, '');
  const digits = whole.replace(/^0+/, '');
  if (kept.length > scale || digits.length > precision - scale) return { expected };
  return { value: `${sign}${digits || '0'}${kept ? `.${kept}` : ''}` };
}

function readFloat({ single }: Kind, text: string): { value: string } | { expected: string } {
  const expected = `a finite number${single ? ' of single precision' : ''}`;
  if (!/^-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$/.test(text)) return { expected };
  const value = Number(text);
  const kept = single ? Math.fround(value) : value;
  if (!Number.isFinite(kept) || (kept === 0 && /[1-9]/.test(text.replace(/[eE].*/, '')))) return { expected };
  // The server refuses what single precision can only hold as a subnormal number on some platforms.
  if (single && kept !== 0 && Math.abs(kept) < 1.2e-38) return { expected };
  return { value: String(value) };
}

const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,6})?([Zz]|[+-](0\d|1[0-4]):[0-5]\d)$/;

function isTimestamp(text: string): boolean {
  const [, day, hour, minute, second, , zone] = TIMESTAMP.exec(text) ?? [];
  if (!day || !isDate(day)) return false;
  // The offset may carry the time out of the years that can be shown.
  const at = new Date(`${day}T${hour}:${minute}:${second}${zone!.toUpperCase()}`);
  const year = at.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (!year || year === '0000') return false;
  const at = new Date(`${text}T00:00:00Z`);
  return (
    !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day) && at.getUTCMonth() + 1 === Number(month)
  );
}

function isInet(text: string): boolean {
  const [, address = '', bits] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
}
