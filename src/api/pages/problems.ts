import { Hono } from 'hono';
import { problemType } from '../../errors.ts';
import { escapeHtml } from '../../mail/index.ts';
import type { Module } from '../../modules/module.ts';
import type { Env } from '../env.ts';
import { GENERAL_CODES } from '../problem-codes.ts';
import { page } from './page.ts';

interface Meaning {
  readonly when: string;
  /** The route that says so; none where any route may. */
  readonly of?: string;
}

/**
 * The pages that the `type` of a problem leads to: what each code means, general ones from the table beside, those of a
 * route as it declares them.
 */
export function problemRoutes(modules: readonly Module[]): Hono<Env> {
  const known = meanings(modules);
  const byPath = new Map([...known.keys()].map((code) => [problemType(code), code]));
  const app = new Hono<Env>();
  app.get('/problems', () =>
    page('Problems – Lotline', `<main class="start">${INTRODUCTION}${list(known)}</main>`),
  );
  app.get('/problems/:name', (c) => {
    const code = byPath.get(c.req.path);
    const text = code
      ? `<h1><code>${code}</code></h1>${described(known.get(code)!)}`
      : '<h1>No such code</h1><p>This page knows no problem of that name. What happened stands in the <code>detail</code> of the answer, and how to mend it in its <code>hint</code>.</p>';
    return page(
      `${code ?? 'No such code'} – Lotline`,
      `<main class="start">${text}<p><a href="/problems">All problems</a></p></main>`,
      code ? 200 : 404,
    );
  });
  return app;
}

function meanings(modules: readonly Module[]): Map<string, Meaning[]> {
  const known = new Map<string, Meaning[]>();
  for (const [code, when] of Object.entries(GENERAL_CODES)) known.set(code, [{ when }]);
  for (const { refusals = {}, method, path } of modules.flatMap((m) => m.routes))
    for (const [code, when] of Object.entries(refusals))
      known.set(code, [...(known.get(code) ?? []), { when, of: `${method.toUpperCase()} ${path}` }]);
  return new Map([...known].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function list(known: ReadonlyMap<string, readonly Meaning[]>): string {
  const entries = [...known].map(
    ([code, all]) =>
      `<dt><a href="${problemType(code)}"><code>${code}</code></a></dt><dd>${escapeHtml(sentence(all[0]!.when))}</dd>`,
  );
  return `<h2>Codes</h2><dl>${entries.join('\n')}</dl>`;
}

function described(all: readonly Meaning[]): string {
  const lines = all.map(({ when, of }) => {
    const place = of ? ` <br><code>${escapeHtml(of)}</code>` : '';
    return `<li>${escapeHtml(sentence(when))}${place}</li>`;
  });
  return `<ul>${lines.join('\n')}</ul><p>What happened this time stands in <code>detail</code>, how to mend it in <code>hint</code>.</p>`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;

const INTRODUCTION = `<h1>Problems</h1>
<p>What is refused is answered by a problem (RFC 9457), of the type <code>application/problem+json</code>. Nothing was changed then.</p>
<dl>
<dt><code>code</code></dt><dd>Stable: what programs compare.</dd>
<dt><code>detail</code></dt><dd>What happened, for a person.</dd>
<dt><code>hint</code></dt><dd>How to mend it.</dd>
<dt><code>errors</code></dt><dd>All fields at fault, each with <code>field</code>, <code>code</code> and <code>message</code>.</dd>
<dt><code>instance</code></dt><dd>The request, as the log of the server names it; also the header <code>X-Request-Id</code>.</dd>
</dl>`;
