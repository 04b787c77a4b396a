/** A fragment that is markdown already; plain strings are text and get escaped. */
export interface Markdown {
  readonly markdown: string;
}

export function raw(markdown: string): Markdown {
  return { markdown };
}

/** Text with everything that markdown or HTML would take for markup made harmless, on one line. */
export function text(value: string): string {
  return escapeText(value.replace(/\s+/g, ' ').trim());
}

function escapeText(value: string): string {
  return value
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/**
 * An inline code span, with a fence longer than any run of backticks inside. `inTable` escapes pipes, which
 * end a cell even within code.
 */
export function code(value: string, { inTable = false } = {}): string {
  const line = value.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${inTable ? line.replaceAll('|', '\\|') : line}${pad}${fence}`;
}

/** Text whose backticks mark code, as in doc comments; pipes are escaped, so it also suits a table cell. */
export function prose(value: string): string {
  return value
    .split(/`([^`]+)`/)
    .map((part, index) =>
      index % 2 === 1 ? code(part, { inTable: true }) : escapeText(part.replace(/\s+/g, ' ')),
    )
    .join('')
    .trim();
}

/** The paragraphs of a doc comment: one begins where a line does and the line before ended a sentence. */
export function paragraphs(value: string): string[] {
  return value.split(/(?<=\.)\n(?=[A-Z])/).map(prose);
}

/** A code span for a table cell. */
export function cell(value: string): Markdown {
  return raw(code(value, { inTable: true }));
}

export function link(label: string, target: string): string {
  return `[${text(label)}](${target})`;
}

/** A table. Cells that are strings are escaped; `raw` cells are taken as they are. */
export function table(head: readonly string[], rows: readonly (readonly (string | Markdown)[])[]): string {
  const line = (cells: readonly (string | Markdown)[]) =>
    `| ${cells.map((it) => (typeof it === 'string' ? text(it) : it.markdown)).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** The anchor that forges derive from a heading: lower case, blanks to hyphens, punctuation left out. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** Joins the blocks of a page with blank lines; empty ones vanish. Ends in one line feed. */
export function page(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
