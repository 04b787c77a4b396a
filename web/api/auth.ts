import { send } from './send.ts';

/** Posts to sign-in. @returns what it answers. @throws Problem */
export async function postAuth<T = Record<string, unknown>>(path: string, body: object = {}): Promise<T> {
  const response = await send(
    new Request(`${location.origin}/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  const text = await response.text();
  return (text ? JSON.parse(text) : {}) as T;
}

/** Reads from sign-in. @throws Problem */
export async function getAuth<T>(path: string): Promise<T> {
  return (await send(new Request(`${location.origin}/auth${path}`))).json() as Promise<T>;
}
