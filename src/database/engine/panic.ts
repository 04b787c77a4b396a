import { EngineFault } from './fault.ts';

/**
 * Turns a panic of the WebAssembly engine into a rejected promise.
 *
 * A panic is thrown as a bare "unreachable", or leaves the engine's promise pending for ever and surfaces as an uncaught
 * exception; its text comes through a global registry that the generated glue code expects.
 *
 * @returns a function that runs work and rejects when the engine panics meanwhile
 */
export function catchPanics(): <T>(work: Promise<T>) => Promise<T> {
  let text = '';
  let fail: (error: Error) => void = () => undefined;
  const panicked = new Promise<never>((_, reject) => {
    fail = reject;
  });
  panicked.catch(() => undefined);
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        text = message;
      },
    },
  });
  const onPanic = (error: unknown) => fail(panicFault(text, error));
  process.on('uncaughtException', onPanic);
  process.on('unhandledRejection', onPanic);
  const explained = (error: unknown): never => {
    throw text === '' ? error : panicFault(text, error);
  };
  return (work) => Promise.race([work.catch(explained), panicked]);
}

function panicFault(text: string, error: unknown): EngineFault {
  const reason = text || (error instanceof Error ? (error.stack ?? error.message) : String(error));
  return new EngineFault(undefined, `The schema engine stopped on an error of its own:\n${reason}`);
}
