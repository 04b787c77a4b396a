import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import type { Env } from '../env.ts';

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
  let text: string | undefined;
  app.get('/openapi.json', (c) => {
    text ??= JSON.stringify(documentOf());
    return c.body(text, 200, { 'content-type': 'application/json' });
  });
  app.get('/', () => page(FIRST(baseUrl)));
  app.get('/reference', () => page(REFERENCE));
  app.get('/reference/start.js', (c) =>
    c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/reference/page.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/reference/:asset', (c) => {
    const name = c.req.param('asset');
    const type = ASSETS[name];
    if (!type) return c.notFound();
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    const body = Readable.toWeb(createReadStream(join(folder, name))) as ReadableStream;
    return c.body(body, 200, { 'content-type': type, 'cache-control': 'public, max-age=86400' });
  });
  return app;
}

/** Own scripts and styles only; Swagger UI sets styles on elements and draws its icons from data. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

function page(html: string): Response {
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
  });
}

const HEAD = (title: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>`;

const REFERENCE = `${HEAD('Lotline API reference')}
<link rel="stylesheet" href="/reference/swagger-ui.css">
<link rel="stylesheet" href="/reference/page.css">
</head>
<body class="reference">
<header><h1>Lotline API</h1><p><a href="/openapi.json">OpenAPI document</a> · <a href="/">Start</a></p></header>
<main id="reference" aria-label="API reference"></main>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="/reference/start.js"></script>
</body>
</html>`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'none',
  defaultModelsExpandDepth: -1, filter: true, tagsSorter: 'alpha', persistAuthorization: false, validatorUrl: null });
`;

const STYLE = `:root { color-scheme: light; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2321; background: #fbfaf7; }
header, main.start { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 0; }
header h1 { font-size: 1.6rem; margin: 0; }
header p { margin: .25rem 0 0; }
a { color: #14532d; }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid #14532d; outline-offset: 2px; }
main.start pre { background: #1c2321; color: #f3f1ea; padding: 1rem; overflow-x: auto; border-radius: 6px; font-size: .85rem; }
main.start code { font-size: .9em; }
main.start dt { font-weight: 600; margin-top: .75rem; }
main.start dd { margin: 0; }
.swagger-ui .topbar, .swagger-ui .info { display: none; }
.swagger-ui .wrapper { max-width: 62rem; }
`;

const FIRST = (baseUrl: string) => `${HEAD('Lotline')}
<link rel="stylesheet" href="/reference/page.css">
</head>
<body>
<main class="start">
<h1>Lotline</h1>
<p>The API of a real-estate data platform. Sign in, choose an organization, work with its records.</p>
<pre>curl -c jar -H 'content-type: application/json' ${baseUrl}/auth/sign-in/email \\
  -d '{"email": "you@example.com", "password": "…"}'
curl -b jar ${baseUrl}/v1/me
curl -b jar '${baseUrl}/v1/orgs/your-organization/data/contacts?limit=5'</pre>
<dl>
<dt><a href="/reference">Reference</a></dt><dd>Every route, to read and to try.</dd>
<dt><a href="/openapi.json">OpenAPI 3.1</a></dt><dd>The same for programs.</dd>
<dt><code>/healthz</code>, <code>/readyz</code>, <code>/metrics</code></dt><dd>For whoever runs the server.</dd>
</dl>
</main>
</body>
</html>`;
