/** A mail as the platform writes it: plain paragraphs and at most one link to follow. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
  /** Small print below the link. */
  readonly footer?: string;
}

/** Both forms of a letter. Neither loads anything or tells anybody that it was read. */
export function render(letter: Letter): { text: string; html: string } {
  const { paragraphs, link, footer } = letter;
  const text = [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : []), ...(footer ? [footer] : [])];
  const html = [
    ...paragraphs.map((p) => `<p>${escapeHtml(p)}</p>`),
    ...(link ? [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`] : []),
    ...(footer ? [`<p><small>${escapeHtml(footer)}</small></p>`] : []),
  ];
  return {
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(letter.subject)}</title></head><body>${html.join('\n')}</body></html>\n`,
  };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
