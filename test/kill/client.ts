import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Caller } from './caller.ts';
import type { Ledger } from './ledger.ts';

/**
 * One client: it makes contacts, changes them, schedules content and uploads files, one after the other, until it is told to
 * stop. Each write is repeated, with its key, until it is answered; what was answered goes into the ledger.
 */
export async function runClient(caller: Caller, ledger: Ledger, stop: AbortSignal): Promise<void> {
  const deeds = [contact, piece, contact, file];
  for (let turn = Math.floor(Math.random() * deeds.length); !stop.aborted; turn += 1) {
    await deeds[turn % deeds.length]!(caller, ledger);
    await pause(20 + Math.random() * 60);
  }
}

/** @throws Error where an answer is none that the write may have */
function expectStatus(answer: Answer, what: string, ...wanted: number[]): Answer {
  if (wanted.includes(answer.status)) return answer;
  throw new Error(`${what} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

const keyed = (headers: Record<string, string> = {}) => ({ 'idempotency-key': randomUUID(), ...headers });

async function contact({ send }: Caller, ledger: Ledger): Promise<void> {
  const entry: Ledger['contacts'][number] = { marker: `kill ${randomUUID()}` };
  ledger.contacts.push(entry);
  const body = { name: entry.marker };
  const made = await send({ method: 'POST', path: '/data/contacts', headers: keyed(), body });
  if (!made) return;
  entry.id = String(expectStatus(made, 'a new contact', 201).body.id);
  let tag = made.etag;
  for (const withKey of [true, false]) {
    entry.trying = randomUUID();
    const path = `/data/contacts/${entry.id}`;
    const condition = { 'if-match': tag! };
    const headers = withKey ? keyed(condition) : condition;
    const answer = await send({ method: 'PATCH', path, headers, body: { notes: entry.trying } });
    if (!answer) return;
    expectStatus(answer, 'a change', ...(withKey ? [200] : [200, 412]));
    // Without a key, 412 to a repetition says that the first one was done: nobody else changes this contact.
    if (answer.status === 200) tag = answer.etag;
    entry.notes = entry.trying;
    delete entry.trying;
  }
}

async function piece({ send }: Caller, ledger: Ledger): Promise<void> {
  const entry: Ledger['pieces'][number] = { marker: `kill ${randomUUID()}` };
  ledger.pieces.push(entry);
  const body = { title: entry.marker, contentType: 'ARTICLE', content: 'Text.' };
  const made = await send({ method: 'POST', path: '/data/content', headers: keyed(), body });
  if (!made) return;
  entry.id = String(expectStatus(made, 'new content', 201).body.id);
  const path = `/content/${entry.id}`;
  for (const step of ['submit', 'approve']) {
    const answer = await send({ method: 'POST', path: `${path}/${step}`, headers: keyed() });
    if (!answer) return;
    expectStatus(answer, step, 200);
  }
  for (;;) {
    const at = new Date(Date.now() + 2_000).toISOString().slice(0, 19);
    const when = { at, timezone: 'UTC' };
    const answer = await send({ method: 'POST', path: `${path}/schedule`, headers: keyed(), body: when });
    if (!answer) return;
    expectStatus(answer, 'schedule', 200, 422);
    if (answer.status === 200) break;
    // While it was repeated the moment passed, which says that nothing had been done.
    if (answer.body.code !== 'SCHEDULE_RANGE') throw new Error(JSON.stringify(answer.body));
  }
  entry.scheduled = true;
}

async function file({ send }: Caller, ledger: Ledger): Promise<void> {
  const marker = `kill-${randomUUID()}.txt`;
  const entry: Ledger['files'][number] = { marker, text: `${marker}\n`.repeat(1 + Math.random() * 2_000) };
  ledger.files.push(entry);
  const headers = { 'content-type': 'text/plain' };
  const body = Buffer.from(entry.text);
  const made = await send({ method: 'POST', path: `/files?name=${marker}`, headers, body });
  if (made) entry.id = String(expectStatus(made, 'an upload', 201).body.id);
}
