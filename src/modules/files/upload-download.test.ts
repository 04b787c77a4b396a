import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../storage/index.ts';
import { docx, gif, jpeg, pdf, png } from './testing/samples.ts';
import { fileWorld } from './testing/world.ts';

const script = '<script>alert(1)</script>';

describe.each(['local', 's3'] as const)('files in the %s storage', async (kind) => {
  const world = await fileWorld(kind);
  const { ours, theirs, app, upload, stored, rows, spooled } = world;
  const get = (id: string, headers: Record<string, string> = {}, query = '', init: RequestInit = {}) =>
    app(ours).request(`/v1/orgs/ours/files/${id}/content${query}`, { headers, ...init });

  it('gives back the bytes that were uploaded, as an attachment that no browser runs', async () => {
    const bytes = Buffer.concat([pdf(), Buffer.from('%%EOF')]);
    const { status, body } = await upload(bytes, '../Vertrag „Nord“.pdf');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Vertrag „Nord“.pdf',
      size: bytes.length,
      mimeType: 'application/pdf',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      createdById: ours.owner,
      linked: false,
    });
    expect(body.storageKey).toMatch(new RegExp(`^${ours.id}/\\d{4}/${body.id}$`));
    const answer = await get(body.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="Vertrag Nord.pdf"; filename*=UTF-8''Vertrag%20%E2%80%9ENord%E2%80%9C.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      etag: `"${body.sha256}"`,
    });
    expect(spooled()).toEqual([]);
  });

  it('takes a form with one file', async () => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(png())], 'Haus.png', { type: 'image/png' }));
    const answer = await app(ours).request('/v1/orgs/ours/files', { method: 'POST', body: form });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      name: 'Haus.png',
      mimeType: 'image/png',
      size: png().length,
    });
    form.append('file', new File(['b'], 'b.txt'));
    const two = await app(ours).request('/v1/orgs/ours/files', { method: 'POST', body: form });
    expect([two.status, await two.json()]).toEqual([422, { code: 'UPLOAD_FORM_INVALID' }]);
  });

  it.each<[string, Buffer | string, string, number, string]>([
    ['an empty file', '', 'a.txt', 422, 'FILE_EMPTY'],
    ['a page', `<html>${script}`, 'a.txt', 422, 'FILE_NOT_ALLOWED'],
    ['a GIF that is a page', gif({ comment: script }), 'a.gif', 422, 'FILE_NOT_ALLOWED'],
    ['a JPEG with an archive behind it', Buffer.concat([jpeg(), docx()]), 'a.jpg', 422, 'FILE_NOT_ALLOWED'],
    ['a PNG named as a PDF', png(), 'a.pdf', 422, 'FILE_TYPE_MISMATCH'],
    ['a file over the bound of one file', 'x'.repeat(1001), 'a.txt', 413, 'FILE_TOO_LARGE'],
  ])('refuses %s and keeps nothing of it', async (_what, bytes, name, status, code) => {
    const before = [await rows(ours), await stored(ours)];
    const answer = await upload(bytes, name, { limits: { fileBytes: 1000 } });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect([await rows(ours), await stored(ours)]).toEqual(before);
    expect(spooled()).toEqual([]);
  });

  it('stops reading where a body without a length exceeds the bound', async () => {
    let read = 0;
    const body = new ReadableStream({
      pull(controller) {
        read += 1000;
        controller.enqueue(new Uint8Array(1000).fill(120));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const answer = await app(ours, { limits: { fileBytes: 5000 } }).request(
      '/v1/orgs/ours/files?name=a.txt',
      init,
    );
    expect(answer.status).toBe(413);
    expect(read).toBeLessThan(1_000_000);
    expect(spooled()).toEqual([]);
  });

  it('keeps the plan’s bytes when many upload at once', async () => {
    const limits = { storageBytes: 3500 };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => upload('x'.repeat(1000), 'a.txt', { who: theirs, limits })),
    );
    expect(answers.filter((a) => a.status === 201)).toHaveLength(3);
    expect(new Set(answers.filter((a) => a.status !== 201).map((a) => a.body.code))).toEqual(
      new Set(['PLAN_LIMIT_REACHED']),
    );
    expect(await stored(theirs)).toHaveLength(3);
  });

  it('leaves nothing of an upload that the client breaks off', async () => {
    const before = await rows(ours);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(1000).fill(120));
        controller.error(new Error('gone'));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const answer = await app(ours).request('/v1/orgs/ours/files?name=a.txt', init);
    expect([answer.status, await answer.json()]).toEqual([422, { code: 'UPLOAD_BROKEN_OFF' }]);
    expect(await rows(ours)).toEqual(before);
    expect(spooled()).toEqual([]);
  });

  it('gives the room back where the storage fails', async () => {
    const put = () => Promise.reject(new StorageError('STORAGE_UNAVAILABLE', 'It is full.'));
    const answer = await upload('hello', 'a.txt', { over: { ...world.storage, put } });
    expect([answer.status, answer.body.code]).toEqual([503, 'STORAGE_UNAVAILABLE']);
    expect((await rows(ours)).at(-1)).toMatchObject({ state: 'removed' });
  });

  it('shows pictures and PDF inline when asked, and nothing else', async () => {
    const picture = (await upload(png(), 'a.png')).body;
    const text = (await upload('hello', 'a.txt')).body;
    const disposition = async (id: string) =>
      (await get(id, {}, '?inline=1')).headers.get('content-disposition');
    expect(await disposition(picture.id)).toMatch(/^inline;/);
    expect(await disposition(text.id)).toMatch(/^attachment;/);
  });

  it('gives parts, and says when the client has the bytes already', async () => {
    const { body } = await upload('0123456789', 'digits.txt');
    const tag = `"${body.sha256}"`;
    const part = await get(body.id, { range: 'bytes=2-4' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const last = await get(body.id, { range: 'bytes=-3', 'if-range': tag });
    expect([last.status, await last.text()]).toEqual([206, '789']);
    const whole = await get(body.id, { range: 'bytes=2-4', 'if-range': '"other"' });
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
    const beyond = await get(body.id, { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range'), await beyond.text()]).toEqual([
      416,
      'bytes */10',
      '',
    ]);
    expect((await get(body.id, { 'if-none-match': `W/${tag}` })).status).toBe(304);
    expect((await get(body.id, { 'if-match': '"other"' })).status).toBe(412);
    const head = await get(body.id, {}, '', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });

  it('shows no file to another organization, nor to nobody', async () => {
    const { body } = await upload('ours alone', 'a.txt');
    const foreign = await app(theirs).request(`/v1/orgs/ours/files/${body.id}/content`);
    expect([foreign.status, await foreign.json()]).toEqual([404, { code: 'FILE_NOT_FOUND' }]);
    expect((await get('not-an-id')).status).toBe(404);
    const target = { organizationId: theirs.id, fileId: body.id, inline: false };
    expect((await app(ours).request(world.links.sign(target, 60).path)).status).toBe(404);
  });

  it('needs the permission to read or write', async () => {
    const { status, body } = await upload('hello', 'a.txt', { role: 'VIEWER' });
    expect([status, body.code]).toEqual([403, 'PERMISSION_MISSING']);
  });

  it('opens a signed link without sign-in, until it expires, as it was signed', async () => {
    const { body } = await upload(png(), 'a.png');
    const target = { organizationId: ours.id, fileId: body.id, inline: false };
    const { path } = world.links.sign(target, 60);
    const ask = async (p: string) => {
      const answer = await app(theirs).request(p);
      return [
        answer.status,
        answer.status === 200
          ? answer.headers.get('content-disposition')
          : ((await answer.json()) as { code: string }).code,
      ];
    };
    expect(await ask(path)).toEqual([200, expect.stringMatching(/^attachment/)]);
    expect(await ask(world.links.sign({ ...target, inline: true }, 60).path)).toEqual([
      200,
      expect.stringMatching(/^inline/),
    ]);
    expect(await ask(`${path}&inline=1`)).toEqual([403, 'LINK_INVALID']);
    expect(await ask(path.replace(/expires=\d/, 'expires=9'))).toEqual([403, 'LINK_INVALID']);
    expect(await ask(path.replace(body.id, ours.id))).toEqual([403, 'LINK_INVALID']);
    expect(await ask(path.replace(ours.id, theirs.id))).toEqual([403, 'LINK_INVALID']);
    expect(await ask(world.links.sign(target, 60, new Date(Date.now() - 61_000)).path)).toEqual([
      410,
      'LINK_EXPIRED',
    ]);
    const unknown = { ...target, fileId: theirs.id };
    expect(await ask(world.links.sign(unknown, 60, new Date(Date.now() - 61_000)).path)).toEqual([
      410,
      'LINK_EXPIRED',
    ]);
  });

  it('says that the storage does not have the bytes, rather than break', async () => {
    const { body } = await upload('hello', 'a.txt');
    await world.storage.remove(body.storageKey);
    expect((await get(body.id)).status).toBe(404);
  });

  it('leaves large downloads to S3 where it is told to, but for what is shown inline', async () => {
    const { body } = await upload(png(), 'a.png');
    const ask = (query: string) =>
      app(ours, { presigned: 60 }).request(`/v1/orgs/ours/files/${body.id}/content${query}`);
    const answer = await ask('');
    expect(answer.status).toBe(kind === 's3' ? 302 : 200);
    if (kind === 's3') {
      const direct = await fetch(answer.headers.get('location')!);
      expect(Buffer.from(await direct.arrayBuffer()).equals(png())).toBe(true);
    }
    expect((await ask('?inline=1')).status).toBe(200);
  });
});
