import { escapeHtml } from './letter.ts';
import type { CapturedMessage } from './mailbox.ts';

/**
 * The list of captured mails as a page of HTML, without script and style, so that it shows under any policy.
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

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
}
