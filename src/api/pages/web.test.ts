import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import type { Env } from '../env.ts';
import { webApp } from './web.ts';

const folder = mkdtempSync(join(tmpdir(), 'lotline-web-'));
afterAll(() => rmSync(folder, { recursive: true }));
const SCRIPT = 'console.log("a script");'.repeat(20);
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Lotline</title>');
writeFileSync(join(folder, 'assets/start-abc.js'), SCRIPT);
writeFileSync(join(folder, 'assets/inter.woff2'), 'a font');
writeFileSync(join(folder, 'mark.svg'), '<svg/>');
writeFileSync(join(folder, 'notes.md'), 'of no type that is served');

const web = webApp(folder)!;
const server = new Hono<Env>().route('/', web.routes).get('*', web.page);
const ask = (path: string, headers: Record<string, string> = { accept: 'text/html,*/*' }) =>
  server.request(path, { headers });

describe('the built web application', () => {
  it.each(['/', '/sign-in', '/o/quillmarsh-realty/contacts?q=ada', '/o/x/data/leads'])(
    'answers a browser at %s with its page, which runs no script but its own',
    async (path) => {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await answer.text()).toContain('<title>Lotline</title>');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
      );
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it.each(['/v1/nothing', '/auth/nothing', '/assets/gone-1.js', '/openapi.json/x', '/metrics'])(
    'leaves %s to those whose address it is',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it('is no answer to a program, which wants to be told that nothing is there', async () => {
    expect((await ask('/o/x/contacts', { accept: 'application/json' })).status).toBe(404);
    expect((await server.request('/o/x', { method: 'POST', headers: { accept: 'text/html' } })).status).toBe(
      404,
    );
  });

  it('has files kept for a year whose names tell their content, and others asked for anew', async () => {
    const script = await ask('/assets/start-abc.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const mark = await ask('/mark.svg');
    expect(mark.headers.get('cache-control')).toBe('no-cache');
    const again = await ask('/mark.svg', { 'if-none-match': mark.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', null, (bytes: Buffer) => bytes],
  ])('sends text as whoever takes “%s” can read it', async (accepted, encoding, read) => {
    for (const _time of ['first', 'second']) {
      const answer = await ask('/assets/start-abc.js', { 'accept-encoding': accepted });
      expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
        encoding,
        'accept-encoding',
      ]);
      expect(read(Buffer.from(await answer.arrayBuffer())).toString()).toBe(SCRIPT);
    }
  });

  it('sends a font as it is, since it is compressed already', async () => {
    const font = await ask('/assets/inter.woff2', { 'accept-encoding': 'br' });
    expect([font.headers.get('content-encoding'), await font.text()]).toEqual([null, 'a font']);
  });

  it.each(['/notes.md', '/assets/../notes.md', '/assets/%2e%2e/notes.md', '/assets/..%2fnotes.md'])(
    'serves nothing else that lies there: %s',
    async (path) => {
      expect(await (await ask(path)).text()).not.toContain('of no type');
    },
  );

  it('is not there where it was not built', () => {
    expect(webApp(join(folder, 'assets'))).toBeUndefined();
  });
});
