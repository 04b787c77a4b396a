import type { DataCall } from './client.ts';
import type { Preferences } from './prefer.ts';
import type { Written } from './writes.ts';

const appliedHeader = ({ applied }: Preferences) =>
  applied.length > 0 ? { 'preference-applied': applied.join(', ') } : {};

/** The answer to the write of one row; without a body where its writer may not see it. */
export function answerOne(
  written: Written | undefined,
  { call, preferences, created }: { call: DataCall; preferences: Preferences; created: boolean },
): Response {
  const headers: Record<string, string> = { ...appliedHeader(preferences) };
  if (!written) return new Response(null, { status: created ? 201 : 204, headers });
  headers.etag = `"${written.version}"`;
  const [path = ''] = call.url.split('?', 1);
  if (created) headers.location = `${path.replace(/\/$/, '')}/${written.key}`;
  const silent = preferences.return === 'minimal' || preferences.return === 'headers-only';
  if (silent) return new Response(null, { status: created ? 201 : 204, headers });
  return new Response(written.json, {
    status: created ? 201 : 200,
    headers: { ...headers, 'content-type': 'application/json' },
  });
}

/** The answer to the write of many rows: how many, and the rows where they are wanted. */
export function answerMany(
  written: readonly Written[],
  count: number,
  preferences: Preferences,
  status: number,
): Response {
  const headers = { ...appliedHeader(preferences), 'content-type': 'application/json' };
  const body =
    preferences.return === 'representation'
      ? `{"data":[${written.map((w) => w.json).join(',')}],"count":${count}}`
      : `{"count":${count}}`;
  return new Response(body, { status, headers });
}
