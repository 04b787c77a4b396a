import { connect, type Socket } from 'node:net';

/** What came back on a connection, until it was closed by the other side or `until` was seen. */
export async function raw(
  port: number,
  pieces: readonly (string | Buffer)[],
  until?: RegExp,
): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  return new Promise((resolve) => {
    let text = '';
    const done = () => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (until?.test(text)) done();
    });
    // A side that has refused already resets what is still sent to it.
    socket.on('error', done);
    socket.on('close', done);
    for (const piece of pieces) socket.write(piece);
  });
}

/** A connection on which somebody sends what they like. */
export function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The statuses of the answers in it, in order. */
export const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((m) => Number(m[1]));
