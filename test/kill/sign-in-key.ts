import { DEMO_PASSWORD } from '../../src/auth/index.ts';

/** The demo brokerage with the widest plan. */
export const ORGANIZATION = 'quillmarsh-realty';

/** Signs its owner in over HTTP and makes an API key. */
export async function signInKey(base: string): Promise<string> {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const signedIn = await post('/auth/sign-in/email', {
    email: 'ottoline@quillmarsh.example',
    password: DEMO_PASSWORD,
  });
  if (!signedIn.ok) throw new Error(`sign-in: ${signedIn.status} ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const scopes = [
    'crm:read',
    'crm:write',
    'content:read',
    'content:write',
    'content:publish',
    'files:read',
    'files:write',
  ];
  const made = await post(`/v1/orgs/${ORGANIZATION}/keys`, { name: 'under load', scopes }, { cookie });
  if (!made.ok) throw new Error(`key: ${made.status} ${await made.text()}`);
  return ((await made.json()) as { secret: string }).secret;
}
