import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Hono } from 'hono';
import { escapeHtml } from '../../mail/index.ts';
import type { Env } from '../env.ts';
import { page } from './page.ts';
import { still } from './still.ts';

/** Files of Swagger UI that the page needs, with their types; nothing else of the package is served. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/**
 * The OpenAPI document, the page that shows it, and a first page that says where to go.
 * @param documentOf makes the document: once, when it is first asked for, since most starts of a server are not for it
 */
export function referenceRoutes(documentOf: () => object, baseUrl: string): Hono<Env> {
  const app = new Hono<Env>();
  let document: ReturnType<typeof still> | undefined;
  app.get('/openapi.json', (c) => {
    document ??= still(Buffer.from(JSON.stringify(documentOf())), 'application/json');
    return document(c);
  });
  app.get('/', () => page('Lotline', FIRST(escapeHtml(baseUrl))));
  app.get('/reference', () => page('Lotline API reference', REFERENCE));
  app.get('/reference/start.js', still(Buffer.from(START), 'text/javascript; charset=utf-8'));
  app.get('/reference/page.css', still(Buffer.from(STYLE), 'text/css; charset=utf-8'));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  for (const [name, type] of Object.entries(ASSETS))
    app.get(`/reference/${name}`, still(readFileSync(join(folder, name)), type, 'public, max-age=86400'));
  return app;
}

const REFERENCE = `<link rel="stylesheet" href="/reference/swagger-ui.css">
<header><h1>Lotline API</h1>
<nav aria-label="Pages"><a href="/">Start</a> · <a href="/openapi.json">OpenAPI document</a> · <a href="/problems">Problems</a></nav></header>
<main id="reference" aria-label="API reference"></main>
<noscript><p class="start">The reference needs JavaScript; the <a href="/openapi.json">OpenAPI document</a> does not.</p></noscript>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="/reference/start.js"></script>`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'none',
  defaultModelsExpandDepth: -1, filter: true, tagsSorter: 'alpha', persistAuthorization: false, validatorUrl: null });
`;

const STYLE = `:root { color-scheme: light; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2321; background: #fbfaf7; }
header, main.start, p.start { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 0; }
main.start { padding-bottom: 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0; }
header nav { margin: .25rem 0 0; }
a { color: #14532d; }
a:focus-visible, button:focus-visible, input:focus-visible, pre:focus-visible { outline: 3px solid #14532d; outline-offset: 2px; }
main.start pre { background: #1c2321; color: #f3f1ea; padding: 1rem; overflow-x: auto; border-radius: 6px; font-size: .85rem; }
main.start code { font-size: .9em; }
main.start dt { font-weight: 600; margin-top: .75rem; }
main.start dd { margin: 0; }
#reference .swagger-ui .topbar, #reference .swagger-ui .info { display: none; }
#reference .swagger-ui .wrapper { max-width: 62rem; }
#reference .swagger-ui .filter .operation-filter-input { width: 100%; margin: 0; }
#reference .swagger-ui .btn.authorize { color: #14532d; border-color: #14532d; }
#reference .swagger-ui .btn.authorize svg { fill: #14532d; }
@media (max-width: 40rem) { #reference .swagger-ui .opblock-tag { flex-wrap: wrap; } #reference .swagger-ui .opblock-tag small { flex-basis: 100%; padding: 0; } }
`;

const FIRST = (baseUrl: string) => `<main class="start">
<h1>Lotline</h1>
<p>The API of a real-estate data platform. Sign in, choose an organization, work with its records.</p>
<pre tabindex="0" aria-label="First requests">curl -c jar -H 'content-type: application/json' ${baseUrl}/auth/sign-in/email \\
  -d '{"email": "you@example.com", "password": "…"}'
curl -b jar ${baseUrl}/v1/me
curl -b jar '${baseUrl}/v1/orgs/your-organization/data/contacts?limit=5'</pre>
<dl>
<dt><a href="/reference">Reference</a></dt><dd>Every route, to read and to try.</dd>
<dt><a href="/openapi.json">OpenAPI 3.1</a></dt><dd>The same for programs.</dd>
<dt><a href="/problems">Problems</a></dt><dd>What a refusal says, and what its codes mean.</dd>
<dt><code>/healthz</code>, <code>/readyz</code>, <code>/metrics</code></dt><dd>For whoever runs the server.</dd>
</dl>
</main>`;
