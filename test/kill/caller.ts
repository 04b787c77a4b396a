import { setTimeout as pause } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown>;
}

export interface Call {
  readonly method: string;
  /** Below the organization. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is where it is bytes. */
  readonly body?: unknown;
}

/** What a caller met on its way; `unexpected` are answers that no outage explains. */
export interface Toll {
  answers: number;
  repeated: number;
  readonly unexpected: string[];
}

/** Asks like a careful program: what was not answered, or answered by "not now", is sent again as it was. */
export interface Caller {
  readonly toll: Toll;
  /** Resolves with an answer that is one; undefined when `stop` was aborted before there was any. */
  send(call: Call): Promise<Answer | undefined>;
}

/** "Not now": too many, or the database is away. Nothing was done, or it may have been: the same key tells. */
const NOT_NOW = new Set([429, 503, 504]);
const PATIENCE = 30_000;

export function openCaller(base: string, key: string, stop: AbortSignal): Caller {
  const toll: Toll = { answers: 0, repeated: 0, unexpected: [] };
  const once = async ({ method, path, headers, body }: Call): Promise<Answer | 'again'> => {
    const bytes = body instanceof Uint8Array;
    try {
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined || bytes ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: bytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      const text = await answer.text();
      if (NOT_NOW.has(answer.status)) return 'again';
      if (answer.status >= 500) {
        toll.unexpected.push(`${method} ${path}: ${answer.status} ${text}`);
        return 'again';
      }
      toll.answers += 1;
      return {
        status: answer.status,
        etag: answer.headers.get('etag'),
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
    } catch {
      return 'again';
    }
  };
  return {
    toll,
    send: async (call) => {
      for (;;) {
        const answer = await once(call);
        if (answer !== 'again') return answer;
        if (stop.aborted) return undefined;
        toll.repeated += 1;
        await pause(50 + Math.random() * 150);
      }
    },
  };
}
