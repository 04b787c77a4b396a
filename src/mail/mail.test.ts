import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Mailbox, mailboxPage, messagePage, openMailbox, openOutbox } from './index.ts';
import { readMessage } from './mime.ts';

const letter = {
  subject: 'Prüfe „Quill & Marsh“ – 100 %',
  paragraphs: ['Grüße aus Łódź.', `${'A long line that a mail has to fold. '.repeat(10)}`, '<b>not bold</b>'],
  link: { label: 'Confirm', url: 'https://lotline.example/auth/verify-email?token=a.b-c_d&x=1' },
  footer: 'Nobody asked? Ignore it.',
};

async function box(keep?: number): Promise<Mailbox> {
  const mailbox = await openMailbox(keep === undefined ? {} : { keep });
  onTestFinished(() => mailbox.close());
  return mailbox;
}

describe('an outbox', () => {
  it('delivers a letter whose subject, text and link arrive as they were', async () => {
    const mailbox = await box();
    const outbox = openOutbox({ url: mailbox.url, from: 'Lotline <no-reply@lotline.example>' });
    outbox.send('ada@example.com', letter);
    await outbox.close();
    const [message] = mailbox.list();
    expect(message).toMatchObject({ to: 'ada@example.com', subject: letter.subject });
    expect(message!.from).toContain('no-reply@lotline.example');
    for (const part of [...letter.paragraphs, letter.link.url, letter.footer])
      expect(message!.text).toContain(part.trim());
    expect(mailbox.get(message!.id)).toBe(message);
  });

  it('tries again after a server that was busy, and gives up at its last word', async () => {
    const given: string[] = [];
    const busy = await answering(['421 busy', '421 busy']);
    const outbox = openOutbox({
      url: busy.url,
      from: 'a@b.example',
      pauses: [1, 1],
      onGivenUp: (_, s) => given.push(s),
    });
    outbox.send('ada@example.com', letter);
    await outbox.settled();
    expect(busy.greeted()).toBe(3);
    expect(given).toEqual([letter.subject]);
    await outbox.close();
  });

  it('does not wait for a pause when it closes, and takes nothing after', async () => {
    const given: string[] = [];
    const outbox = openOutbox({
      url: 'smtp://127.0.0.1:1',
      from: 'a@b.example',
      pauses: [600_000],
      onGivenUp: (_, s) => given.push(s),
    });
    outbox.send('ada@example.com', letter);
    await outbox.close();
    outbox.send('ada@example.com', { ...letter, subject: 'late' });
    expect(given).toEqual([letter.subject, 'late']);
  });

  it('lets no subject or recipient add a header', async () => {
    const mailbox = await box();
    const outbox = openOutbox({ url: mailbox.url, from: 'a@b.example' });
    outbox.send('ada@example.com', { ...letter, subject: 'Hello\r\nBcc: eve@example.com' });
    await outbox.close();
    expect(mailbox.list()[0]).toMatchObject({ to: 'ada@example.com', subject: 'Hello Bcc: eve@example.com' });
  });
});

it('keeps the newest messages', async () => {
  const mailbox = await box(2);
  const outbox = openOutbox({ url: mailbox.url, from: 'a@b.example' });
  for (const subject of ['one', 'two', 'three']) {
    outbox.send('ada@example.com', { ...letter, subject });
    await outbox.settled();
  }
  await outbox.close();
  expect(mailbox.list().map((m) => m.subject)).toEqual(['three', 'two']);
});

it('reads whatever bytes come as a message', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => typeof readMessage(Buffer.from(bytes)).text === 'string'),
  );
});

describe('the page', () => {
  const message = {
    id: 'x',
    receivedAt: new Date(0),
    from: '<script>f</script>',
    to: 'ada@example.com',
    subject: '<script>s</script>',
    text: 'Open\nhttps://lotline.example/a?b=1&c=2\n\njavascript:alert(1) <script>t</script>',
  };

  it('lists and shows mails without letting their text be markup', () => {
    for (const html of [mailboxPage([message], '/mailbox'), messagePage(message, '/mailbox')]) {
      expect(html).not.toContain('<script');
      expect(html).toContain('<html lang="en">');
    }
    expect(mailboxPage([message], '/mailbox')).toContain('href="/mailbox/x"');
    expect(mailboxPage([], '/mailbox')).toContain('none yet');
  });

  it('makes links of addresses on the web alone', () => {
    const html = messagePage(message, '/mailbox');
    expect(html).toContain('<a href="https://lotline.example/a?b=1&#38;c=2"');
    expect(html).not.toContain('href="javascript');
  });
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** An SMTP server that greets with these lines, one for each connection, and then hangs up. */
async function answering(greetings: string[]): Promise<{ url: string; greeted: () => number }> {
  let greeted = 0;
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.end(`${greetings[greeted] ?? '554 no service'}\r\n`);
    greeted += 1;
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${(server.address() as { port: number }).port}`, greeted: () => greeted };
}
