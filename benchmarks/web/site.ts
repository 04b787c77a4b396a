import { DEMO_PASSWORD } from '../../src/auth/index.ts';
import { freePort, runServer } from '../../test/kill/programs.ts';

export const ORGANIZATION = 'quillmarsh-realty';

/** `npm start` in a folder of its own, and somebody of the demo signed in. */
export interface DemoSite {
  readonly url: string;
  /** `name=value`, as a request sends it. */
  readonly cookie: string;
  stop(): Promise<void>;
}

export async function openDemo(folder: string): Promise<DemoSite> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = runServer({ folder, port }, { BASE_URL: url });
  await server.ready();
  const answer = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'ottoline@quillmarsh.example', password: DEMO_PASSWORD }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const stop = async () => {
    server.signal('SIGINT');
    await server.ended;
  };
  return { url, cookie, stop };
}
