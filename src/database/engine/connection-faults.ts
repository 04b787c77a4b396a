import type { Target } from './connection.ts';
import { EngineFault } from './fault.ts';

const UNREACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
];

/** Translates what `pg` throws while connecting into Prisma's error of the same meaning (P1000 to P1017). */
export function connectionFault(error: unknown, target: Target): EngineFault {
  if (error instanceof EngineFault) return error;
  const code = (error as { code?: string }).code ?? '';
  const message = messageOf(error);
  const address = target.host.startsWith('/') ? target.host : `${target.host}:${target.port}`;
  const running = `Please make sure your database server is running at \`${address}\`.`;
  if (UNREACHABLE.includes(code)) {
    return new EngineFault('P1001', `Can't reach database server at \`${address}\`\n\n${running}`);
  }
  if (code === 'ETIMEDOUT' || /timeout/i.test(message)) {
    return new EngineFault(
      'P1002',
      `The database server at \`${address}\` did not answer in time.\n\nPlease try again. ${running}`,
    );
  }
  if (code === '28P01' || /SASL|password must be a string/.test(message)) {
    return new EngineFault(
      'P1000',
      `Authentication failed against database server at \`${address}\`, the provided database credentials for ` +
        `\`${target.user}\` are not valid.\n\nPlease make sure to provide valid database credentials.`,
    );
  }
  if (code === '3D000') {
    return new EngineFault(
      'P1003',
      `Database \`${target.database}\` does not exist on the database server at \`${address}\`.`,
    );
  }
  if (code === '28000' || code === '42501') {
    return new EngineFault(
      'P1010',
      `User \`${target.user}\` was denied access on the database \`${target.database}\`: ${message}`,
    );
  }
  if (/SSL|TLS|certificate/i.test(message) || code.startsWith('ERR_TLS')) {
    return new EngineFault('P1011', `Error opening a TLS connection: ${message}`);
  }
  if (code === 'ECONNRESET' || /terminated|closed/i.test(message)) {
    return new EngineFault(
      'P1017',
      `The database server at \`${address}\` has closed the connection: ${message}`,
    );
  }
  if (code === '53300') return new EngineFault('P2037', `Too many database connections opened: ${message}`);
  return new EngineFault(
    undefined,
    `The database server at \`${address}\` refused the connection: ${message}`,
  );
}

/** Node reports a host name with several addresses as an AggregateError with an empty message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
