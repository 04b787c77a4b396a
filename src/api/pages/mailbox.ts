import { Hono } from 'hono';
import { HttpFault } from '../../http/index.ts';
import { type Mailbox, mailboxPage, messagePage } from '../../mail/index.ts';
import type { Env } from '../env.ts';
import { isLocal } from '../middleware/address.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

/** Where the composition mounts it. */
const PATH = '/dev/mailbox';

/**
 * The mail of development, to read in a browser of this machine. Not there where an SMTP server is named. Whoever reads it
 * can reset passwords, so a server that was started without SMTP where others reach it shows it to none of them, nor to a
 * page whose own name was made to lead here.
 */
export function mailboxRoutes(mailbox: Mailbox, baseUrl: string): Hono<Env> {
  const app = new Hono<Env>();
  const names = new Set([new URL(baseUrl).hostname, 'localhost', '127.0.0.1', '[::1]']);
  app.use(async (c, next) => {
    if (!isLocal(c) || !names.has(new URL(c.req.url).hostname))
      throw new HttpFault(
        403,
        'MAILBOX_CLOSED',
        'Captured mail is shown on the machine of the server alone.',
        'Open it there, or set SMTP_URL to have mail sent.',
      );
    await next();
  });
  const page = (html: string) =>
    new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': POLICY,
        'cache-control': 'no-store',
      },
    });
  app.get('/', () => page(mailboxPage(mailbox.list(), PATH)));
  app.get('/:id', (c) => {
    const message = mailbox.get(c.req.param('id'));
    return message ? page(messagePage(message, PATH)) : c.notFound();
  });
  return app;
}
