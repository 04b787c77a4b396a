import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * Structured logs, one JSON object a line. They hold what runs the server, never personal data: no addresses, names,
 * e-mails, queries or bodies. What may carry some by accident is taken out by name.
 */
export function openLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'lotline' },
    redact: {
      paths: ['*.email', '*.password', '*.token', '*.authorization', '*.cookie', '*.ip', '*.ipAddress'],
      censor: '[left out]',
    },
    // The message of a database error can quote the row that was refused.
    serializers: { error: errorFacts },
  };
  return to ? pino(options, to) : pino(options);
}

/** What an error may say in a log: kind, code and where, not its text, which may quote what a person sent. */
export function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    kind: name,
    ...(typeof code === 'string' ? { code } : {}),
    // The stack begins with the message, whose lines may look like places.
    at: (stack ?? '')
      .replace(message, '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(cause === undefined ? {} : { cause: errorFacts(cause) }),
  };
}
