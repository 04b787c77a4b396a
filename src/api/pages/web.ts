import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Context, Handler } from 'hono';
import { Hono } from 'hono';
import type { Env } from '../env.ts';
import { still } from './still.ts';

/**
 * Own scripts alone. Styles may stand in the page, since the components place what pops up by them; pictures of listings
 * are kept anywhere on the web (`images` holds https addresses).
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Below these, an unknown address is a problem and no page. */
const OTHERS = /^\/(v1|auth|reference|problems|dev|assets|openapi\.json|healthz|readyz|metrics)(\/|$)/;

export interface WebApp {
  /** Its files. */
  readonly routes: Hono<Env>;
  /** Answers an address that nothing else answers with the page, where a browser asks for one. */
  readonly page: Handler<Env>;
}

/**
 * The built web application in `folder`: files whose names tell their content are kept for a year, the rest is asked for
 * anew. What is served is what stood there at the start, so no address leads elsewhere.
 * @returns undefined where it was not built
 */
export function webApp(folder: string): WebApp | undefined {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return undefined;
  const routes = new Hono<Env>();
  for (const file of filesOf(folder)) {
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const type = TYPES[extname(file)];
    if (path === '/index.html' || !type) continue;
    const forever = path.startsWith('/assets/');
    const answer = still(
      readFileSync(file),
      type,
      forever ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    routes.get(path, answer);
  }
  const html = still(readFileSync(index), TYPES['.html']!);
  const page = async (c: Context<Env>) => {
    const answer = await html(c);
    answer.headers.set('content-security-policy', POLICY);
    answer.headers.set('referrer-policy', 'same-origin');
    return answer;
  };
  routes.get('/', page);
  return {
    routes,
    page: async (c, next) => {
      const wants = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
      return wants && !OTHERS.test(c.req.path) ? page(c) : next();
    },
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
