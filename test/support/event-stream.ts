/** One block of an event stream. */
export interface Block {
  readonly event?: string;
  readonly id?: string;
  readonly data?: Record<string, unknown>;
  readonly beat?: true;
}

/** Reads server-sent events from a response, block by block. */
export function readEvents(response: Response) {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const block = async (): Promise<Block | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        return parse(lines);
      }
      const { value, done } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  };
  return {
    block,
    /** The next block that is an event; undefined at the end of the stream. */
    next: async (): Promise<Block | undefined> => {
      for (;;) {
        const found = await block();
        if (!found || found.event) return found;
      }
    },
    cancel: () => reader.cancel(),
  };
}

function parse(lines: readonly string[]): Block {
  const value = (name: string) => lines.find((l) => l.startsWith(`${name}: `))?.slice(name.length + 2);
  const [event, id, data] = ['event', 'id', 'data'].map(value);
  return {
    ...(event ? { event } : {}),
    ...(id ? { id } : {}),
    ...(data ? { data: JSON.parse(data) } : {}),
    ...(lines.some((l) => l.startsWith(':')) ? { beat: true as const } : {}),
  };
}
