import { isFree } from '../../database/embedded/port.ts';
import { LotlineError } from '../../errors.ts';

/**
 * The port for Studio: the wanted one, else the next that is free, unless STUDIO_PORT prescribes it.
 * @throws LotlineError `STUDIO_PORT_BUSY`
 */
export async function studioPort(wanted: number, prescribed: boolean): Promise<number> {
  const last = Math.min(prescribed ? wanted : wanted + 100, 65535);
  for (let port = wanted; port <= last; port++) if (await isFree(port)) return port;
  throw new LotlineError(
    'STUDIO_PORT_BUSY',
    prescribed
      ? `Port ${wanted} (STUDIO_PORT) is in use by another program.`
      : `No free port for Prisma Studio was found between ${wanted} and ${last}.`,
    prescribed
      ? 'Stop that program, or set STUDIO_PORT to another port. Without it a free port is chosen.'
      : 'Set STUDIO_PORT to a free port.',
  );
}
