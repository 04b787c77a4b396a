import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DEMO_PASSWORD } from '../../src/auth/index.ts';
import { freePort } from '../../test/kill/programs.ts';

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
  const child = spawn('npm', ['start', '--', '--no-studio'], {
    env: { ...process.env, LOTLINE_DATA: folder, PORT: String(port), BASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  while (!/^Ready in/m.test(output)) {
    if (child.exitCode !== null) throw new Error(output);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
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
    const ended = once(child, 'close');
    process.kill(-child.pid!, 'SIGINT');
    await ended;
  };
  return { url, cookie, stop };
}
