import { escapeHtml } from './letter.ts';
import type { CapturedMessage } from './mailbox.ts';

/**
 * The list of captured mails as a page of HTML, without script; its few styles are inline.
 * @param path where the page is served: a message stands at `<path>/<id>`
 */
export function mailboxPage(messages: readonly CapturedMessage[], path: string): string {
  const rows = messages.map(
    (m) =>
      `<tr><td><time datetime="${m.receivedAt.toISOString()}">${m.receivedAt.toISOString().slice(0, 19).replace('T', ' ')}</time></td><td>${escapeHtml(m.to)}</td><td><a href="${escapeHtml(`${path}/${m.id}`)}">${escapeHtml(m.subject || '(no subject)')}</a></td></tr>`,
  );
  const table = `<table><caption>Newest first, times in UTC</caption><thead><tr><th scope="col">Received</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return page(
    'Mailbox',
    `<p>Mails that this server sent. They reached nobody else.</p>${rows.length > 0 ? table : '<p>There are none yet.</p>'}`,
  );
}

/** One captured mail as a page: its plain text, with links to follow. */
export function messagePage(message: CapturedMessage, path: string): string {
  return page(
    message.subject || '(no subject)',
    `<p><a href="${escapeHtml(path)}">All mails</a></p><dl><dt>From</dt><dd>${escapeHtml(message.from)}</dd><dt>To</dt><dd>${escapeHtml(message.to)}</dd><dt>Received</dt><dd>${message.receivedAt.toISOString()}</dd></dl>${paragraphs(message.text)}`,
  );
}

function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((p) => `<p>${withLinks(p)}</p>`)
    .join('\n');
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, i) =>
      i % 2 === 1
        ? `<a href="${escapeHtml(piece)}" rel="noreferrer">${escapeHtml(piece)}</a>`
        : escapeHtml(piece).replace(/\n/g, '<br>'),
    )
    .join('');
}

/** Below the width of a tablet each mail is a block rather than a row, since addresses and subjects are long. */
const STYLE = `body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2321; background: #fbfaf7; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0; } a { color: #14532d; } a:focus-visible { outline: 3px solid #14532d; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0; border-bottom: 1px solid #d9d5c9; } td:first-child { white-space: nowrap; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
@media (max-width: 40rem) { thead { position: absolute; clip-path: inset(50%); } tr { display: block; padding: .5rem 0; border-bottom: 1px solid #d9d5c9; } td { display: block; padding: 0; border: 0; } }`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
}
