/** A body beyond this is no sign-in. */
const MOST_BYTES = 16 * 1024;

export type Fields = Readonly<Record<string, unknown>>;
export type ReadBody = { readonly fields: Fields } | { readonly status: 400 | 413; readonly detail: string };

/** Reads JSON (an object) or a form. Text that PostgreSQL cannot hold is refused here, once for all. */
export async function readBody(request: Request): Promise<ReadBody> {
  const bytes = await limited(request);
  if (!bytes) return { status: 413, detail: 'The body is larger than 16 KiB.' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { status: 400, detail: 'The body is not UTF-8.' };
  }
  const type = request.headers.get('content-type') ?? '';
  let fields: unknown = {};
  if (/^application\/x-www-form-urlencoded/i.test(type))
    fields = Object.fromEntries(new URLSearchParams(text));
  else if (text.trim() !== '') {
    try {
      fields = JSON.parse(text);
    } catch {
      return { status: 400, detail: 'The body is not JSON.' };
    }
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    return { status: 400, detail: 'The body is not a JSON object.' };
  if (!isStorable(fields)) return { status: 400, detail: 'The body holds characters that are no text.' };
  return { fields: fields as Fields };
}

async function limited(request: Request): Promise<Uint8Array | undefined> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** No NUL and no half of a surrogate pair, at any depth. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
