import { randomBytes } from 'node:crypto';
import type { ProtocolQuery } from './prisma-internals.ts';

/** Who a call is made for; one object per bound client. `token` signs anew when the last one has aged. */
export interface Binding {
  token(): string;
  /** Where the calls come from, as `app.origin` has it; empty where nobody said. */
  readonly origin: string;
}

/** A call in flight. */
export interface Call {
  readonly binding: Binding;
  /** Whether the caller's own SQL runs, which may leave something on the connection. */
  readonly raw: boolean;
}

const RAW = new Set(['executeRaw', 'queryRaw']);
const BEFORE = ' /*';
const ENTRY = "lotline='";
const AFTER = '*/';

/** What Prisma hands to a plugin that writes SQL comments. */
interface CommentContext {
  readonly query: { readonly modelName?: unknown; readonly query?: unknown };
}

/**
 * The calls in flight of all bound clients of one Prisma engine. A call's tenant travels with it: as a mark on the query
 * that goes into the engine, as a comment on the SQL that comes out, which the adapter takes off again. So it is neither
 * ambient nor guessed, and SQL that comes without it is refused.
 *
 * The mark is the model's name as a String object: equal to the name wherever it is printed, and itself wherever
 * it is passed on. Raw SQL has no model and carries the mark beside its arguments.
 */
export class Calls {
  readonly #flying = new Map<string, Call>();
  readonly #ids = new WeakMap<object, string>();
  // No SQL of a base client can claim a call in flight: ids cannot be guessed, and reach neither the server nor its logs.
  readonly #nonce = randomBytes(12).toString('base64url');
  #last = 0;

  /** Marks queries that go into the engine together. `ended` forgets the call. */
  mark(queries: readonly ProtocolQuery[], binding: Binding): { marked: ProtocolQuery[]; ended: () => void } {
    this.#last += 1;
    const id = `${this.#nonce}${this.#last.toString(36)}`;
    const marks = new Map<string, object>();
    const markOf = (name: string) => {
      // Prisma merges queries of one model into one only where they carry the same name.
      const mark = marks.get(name) ?? Object(name);
      marks.set(name, mark);
      this.#ids.set(mark, id);
      return mark as string;
    };
    this.#flying.set(id, { binding, raw: queries.some((q) => RAW.has(q.action)) });
    const marked = queries.map((q) =>
      q.modelName === undefined
        ? { ...q, query: { ...q.query, lotline: markOf('') } }
        : { ...q, modelName: markOf(q.modelName) },
    );
    return { marked, ended: () => void this.#flying.delete(id) };
  }

  /** The plugin for Prisma's option `comments`. */
  readonly comment = ({ query }: CommentContext): Record<string, string> => {
    const mark = query.modelName ?? (query.query as { lotline?: unknown } | undefined)?.lotline;
    const id = typeof mark === 'object' && mark !== null ? this.#ids.get(mark) : undefined;
    return id === undefined ? {} : { lotline: id };
  };

  /**
   * The statement without its mark, and the call it belongs to; undefined where it belongs to none. Prisma writes one comment
   * at the end, its keys in order and its values encoded, so that a comma parts two entries; others' entries stay.
   */
  read(sql: string): { text: string; call: Call | undefined } {
    const at = sql.endsWith(AFTER) ? sql.lastIndexOf(BEFORE) : -1;
    if (at < 0) return { text: sql, call: undefined };
    const entries = sql.slice(at + BEFORE.length, -AFTER.length).split(',');
    const mark = entries.find((e) => e.startsWith(ENTRY) && e.endsWith("'"));
    if (mark === undefined) return { text: sql, call: undefined };
    const others = entries.filter((e) => e !== mark).join(',');
    const text = sql.slice(0, at) + (others && BEFORE + others + AFTER);
    return { text, call: this.#flying.get(mark.slice(ENTRY.length, -1)) };
  }
}
