import { type ServedStudio, type StudioOptions, serveStudio } from './serve.ts';

/**
 * Serves Studio and starts it again when it ends by itself, once: what ends twice has a lasting cause.
 * @param say told what happened to Studio after it was ready.
 * @throws LotlineError as {@link serveStudio}, for the first start.
 */
export async function keepStudio(
  options: StudioOptions,
  say: (message: string) => void,
): Promise<ServedStudio> {
  let current: ServedStudio;
  let stopped = false;
  let restart: Promise<void> = Promise.resolve();
  const again = async () => {
    try {
      const next = await serveStudio({ ...options, onDeath: gone });
      current = next;
      if (stopped) await next.stop();
      else say(`Prisma Studio is back at ${next.url}`);
    } catch (error) {
      say(
        `Prisma Studio could not be started again: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  const gone = (said: string) => {
    if (!stopped) say(`Prisma Studio ended again and stays away; the database runs on.${words(said)}`);
  };
  current = await serveStudio({
    ...options,
    onDeath: (said) => {
      if (stopped) return;
      say(`Prisma Studio ended; starting it again.${words(said)}`);
      restart = again();
    },
  });
  return {
    port: current.port,
    url: current.url,
    async stop() {
      stopped = true;
      await current.stop();
      await restart;
      await current.stop();
    },
  };
}

/** What Studio said at its end, without what it says at every start. */
function words(said: string): string {
  const lines = said
    .split('\n')
    .filter((l) => l.trim() !== '' && !/^Loaded Prisma config|Studio is running/.test(l));
  return lines.length > 0 ? ` It said:\n${lines.join('\n')}` : '';
}
