import type { DataModel } from './model.ts';

export const csvHead = (names: readonly string[]) => `${names.map(quoted).join(',')}\r\n`;

/** A row of JSON as a line of CSV (RFC 4180). What is no scalar stands there as JSON. */
export function csvLine(model: DataModel, names: readonly string[], json: string): string {
  const row = JSON.parse(json) as Record<string, unknown>;
  const cells = names.map((name) => {
    const value = row[name];
    if (value === null || value === undefined) return '';
    if (typeof value !== 'string')
      return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
    const free = model.field.get(name)?.kind.name === 'text';
    return quoted(free ? guarded(value) : value);
  });
  return `${cells.join(',')}\r\n`;
}

/**
 * Spreadsheets run a cell that begins like a formula. An apostrophe before it makes it text (OWASP, "CSV Injection"); a phone number
 * such as +1 555 gets one, too.
 */
const guarded = (text: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
