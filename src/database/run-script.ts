import pg from 'pg';

/** How many statements of a script had ended when it failed; the server tells a position only for some errors. */
const completedStatements = new WeakMap<object, number>();

/**
 * Sends a script as one simple query, which the server runs as one transaction unless one is open already.
 * @throws the server's error, of which {@link statementsBefore} knows how far the script had come.
 */
export async function runScript(client: pg.ClientBase, sql: string): Promise<void> {
  let completed = 0;
  const count = () => {
    completed += 1;
  };
  // pg shows the end of single statements on its wire only.
  const wire = (client as unknown as { connection: NodeJS.EventEmitter }).connection;
  wire.on('commandComplete', count);
  try {
    await client.query(sql);
  } catch (error) {
    if (error instanceof pg.DatabaseError) completedStatements.set(error, completed);
    throw error;
  } finally {
    wire.off('commandComplete', count);
  }
}

/** Index of the statement at which {@link runScript} failed, or undefined for other errors. */
export function statementsBefore(error: object): number | undefined {
  return completedStatements.get(error);
}
