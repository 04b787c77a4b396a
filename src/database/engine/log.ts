type Fields = { message: string; is_panic?: boolean; error_code?: string };

/** Writes one line of the engine's log, in the form that Prisma's CLI reads from stderr. */
export function writeLog(line: string): void {
  process.stderr.write(`${line.trimEnd()}\n`);
}

export function logInfo(message: string): void {
  log('INFO', 'schema_engine', { message });
}

/** @param code Prisma's error code, shown before the message */
export function logError(message: string, code = ''): void {
  log('ERROR', 'schema_engine::logger', { is_panic: false, error_code: code, message });
}

function log(level: string, target: string, fields: Fields): void {
  writeLog(JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target }));
}
