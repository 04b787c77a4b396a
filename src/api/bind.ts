import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LotlineError } from '../errors.ts';
import type { ServerSettings } from '../server-settings.ts';

/** @throws LotlineError `HTTP_PORT_BUSY` or `HTTP_ADDRESS` where the server could not listen on the port that was asked for */
export async function proveAddress({ host, port, portPrescribed }: ServerSettings): Promise<void> {
  if (!portPrescribed) return;
  const probe = createServer();
  await listen(probe, host, port, true);
  await new Promise((closed) => probe.close(closed));
}

/**
 * Listens on the port, or, where it was not asked for, on the next that is free.
 * @returns the port
 * @throws LotlineError `HTTP_PORT_BUSY`, `HTTP_ADDRESS`
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
  prescribed: boolean,
): Promise<number> {
  for (let tried = port; ; tried += 1) {
    const fault = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(tried, host, () => {
        server.removeListener('error', resolve);
        resolve(undefined);
      });
    });
    if (!fault) return (server.address() as AddressInfo).port;
    if (fault.code === 'EADDRINUSE' && !prescribed && tried < port + 20) continue;
    throw new LotlineError(
      fault.code === 'EADDRINUSE' ? 'HTTP_PORT_BUSY' : 'HTTP_ADDRESS',
      fault.code === 'EADDRINUSE'
        ? `Port ${tried} (PORT) is in use.`
        : `The server cannot listen on ${host}:${tried}: ${fault.message}.`,
      'Set PORT and HOST to an address of this machine that is free.',
      { cause: fault },
    );
  }
}
