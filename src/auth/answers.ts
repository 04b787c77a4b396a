import { json, problem } from './problem.ts';

/** Whether a form of a page of ours asks; it is answered by a page. */
export const isForm = (request: Request) =>
  /^application\/x-www-form-urlencoded/i.test(request.headers.get('content-type') ?? '');
export const accepted = (message: string) => json({ status: true, message });
export const unknown = () => problem(404, 'NOT_FOUND', 'There is nothing under this address.');

export function slowDown(seconds: number): Response {
  return problem(
    429,
    'TOO_MANY_ATTEMPTS',
    `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    {
      headers: { 'retry-after': String(seconds) },
    },
  );
}

/** The library's answer in our terms: errors are problems, and tokens of sessions stay in the cookie. */
export async function translated(answer: Response): Promise<Response> {
  if (!/json/.test(answer.headers.get('content-type') ?? '')) return answer;
  const body = (await answer.json().catch(() => null)) as Record<string, unknown> | null;
  if (answer.status >= 400) {
    const status = answer.status >= 500 ? 500 : answer.status;
    const code = typeof body?.code === 'string' ? body.code : status === 500 ? 'INTERNAL' : 'REFUSED';
    const detail = status === 500 || typeof body?.message !== 'string' ? 'This did not work.' : body.message;
    return problem(status, code, detail, { headers: answer.headers });
  }
  if (body && typeof body === 'object' && !Array.isArray(body)) {
    delete body.token;
    if (typeof body.session === 'object' && body.session)
      delete (body.session as Record<string, unknown>).token;
  }
  return json(body, answer.status, answer.headers);
}
