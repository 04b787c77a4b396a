/** What the HTTP server is told by the environment. */
export interface ServerSettings {
  /** Address and port to listen on. */
  readonly host: string;
  readonly port: number;
  /** Whether PORT was said; a port that was not asked for gives way to the next that is free. */
  readonly portPrescribed: boolean;
  /** Origins of pages elsewhere that may call the API with keys. */
  readonly corsOrigins: readonly string[];
  /** Trusted proxies in front, whose X-Forwarded-For is believed. */
  readonly proxies: number;
  readonly logLevel: (typeof LEVELS)[number];
  /** Where the log goes: a file, or `-` for the terminal; `server.log` of the data folder unless told. */
  readonly logFile: string | undefined;
  readonly metricsToken: string | undefined;
  /** Jobs at a time in the server's own worker; 0 leaves the work to other processes. */
  readonly workers: number;
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Reads the settings; every fault is added to `faults`, as `NAME: what is wrong. How to mend it.` */
export function serverSettings(text: (name: string) => string | undefined, faults: string[]): ServerSettings {
  const number = (name: string, low: number, high: number, otherwise: number) => {
    const value = text(name);
    if (value === undefined) return otherwise;
    const given = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
    if (given >= low && given <= high) return given;
    faults.push(`${name}: "${value}" is not possible. Give a number from ${low} to ${high}.`);
    return otherwise;
  };
  const level = text('LOG_LEVEL') ?? 'info';
  if (!LEVELS.includes(level as never))
    faults.push(`LOG_LEVEL: "${level}" is none. Give one of ${LEVELS.join(', ')}.`);
  const corsOrigins = (text('CORS_ORIGINS') ?? '').split(',').flatMap((o) => o.trim() || []);
  for (const origin of corsOrigins)
    if (!isOrigin(origin))
      faults.push(
        `CORS_ORIGINS: "${origin}" is no origin. Write scheme, host and port: https://app.example.com`,
      );
  return {
    host: text('HOST') ?? '127.0.0.1',
    port: number('PORT', 1, 65535, 4000),
    portPrescribed: text('PORT') !== undefined,
    corsOrigins,
    proxies: number('TRUSTED_PROXIES', 0, 10, 0),
    logLevel: level as ServerSettings['logLevel'],
    logFile: text('LOG_FILE'),
    metricsToken: text('METRICS_TOKEN'),
    workers: number('WORKER_CONCURRENCY', 0, 64, 4),
  };
}

function isOrigin(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value;
}
