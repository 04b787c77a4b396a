import { join, resolve } from 'node:path';

/** Where uploaded files are kept. */
export type StorageSettings =
  | { readonly kind: 'local'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      /** A function, so that printing the settings does not show it. */
      readonly secretAccessKey: () => string;
      readonly pathStyle: boolean;
    };

const S3_NAMES = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** Relative folders start at `root`. Every fault is added to `faults`, as `NAME: what is wrong. How to mend it.` */
export function storageSettings(
  text: (name: string) => string | undefined,
  root: string,
  faults: string[],
): StorageSettings {
  const kind = text('STORAGE') ?? 'local';
  const local = {
    kind: 'local',
    folder: resolve(root, text('STORAGE_FOLDER') ?? join(text('LOTLINE_DATA') ?? '.lotline', 'files')),
  } as const;
  if (kind !== 's3') {
    if (kind !== 'local') faults.push(`STORAGE: is "${kind}". Write local or s3.`);
    const set = kind === 'local' ? S3_NAMES.filter((name) => text(name)) : [];
    if (set.length > 0) faults.push(`${set.join(', ')}: set without STORAGE=s3. Set both, or neither.`);
    return local;
  }
  if (text('STORAGE_FOLDER')) faults.push('STORAGE_FOLDER: is set beside STORAGE=s3. Choose one.');
  for (const name of S3_NAMES) if (!text(name)) faults.push(`${name}: is needed with STORAGE=s3.`);
  const endpoint = text('S3_ENDPOINT') ?? '';
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (endpoint && !['http:', 'https:'].includes(url?.protocol ?? ''))
    faults.push('S3_ENDPOINT: is no web address. Write https://s3.example.com');
  else if (url && (url.username || url.password || url.search || url.hash))
    faults.push(
      'S3_ENDPOINT: carries more than an address. Credentials belong into S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
    );
  const bucket = text('S3_BUCKET') ?? '';
  if (bucket && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    faults.push(`S3_BUCKET: "${bucket}" is no name of a bucket.`);
  const style = text('S3_PATH_STYLE') ?? 'true';
  if (!['true', 'false'].includes(style)) faults.push(`S3_PATH_STYLE: is "${style}". Write true or false.`);
  const secret = text('S3_SECRET_ACCESS_KEY') ?? '';
  return {
    kind: 's3',
    endpoint,
    region: text('S3_REGION') ?? 'us-east-1',
    bucket,
    accessKeyId: text('S3_ACCESS_KEY_ID') ?? '',
    secretAccessKey: () => secret,
    pathStyle: style === 'true',
  };
}
