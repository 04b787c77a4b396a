import { Hono } from 'hono';
import { type Mailbox, mailboxPage, messagePage } from '../../mail/index.ts';
import type { Env } from '../env.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** Where the composition mounts it. */
const PATH = '/dev/mailbox';

/** The mail of development, to read in a browser. Not there where an SMTP server is named. */
export function mailboxRoutes(mailbox: Mailbox): Hono<Env> {
  const app = new Hono<Env>();
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
