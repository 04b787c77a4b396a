import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig, withEnvironmentFile } from './config.ts';
import { LotlineError } from './errors.ts';

function faultsOf(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env, '/project');
  } catch (error) {
    if (error instanceof LotlineError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return '';
}

it('selects the embedded server in the project when nothing is set, or set to nothing', () => {
  for (const env of [{}, { DATABASE_URL: ' ', LOTLINE_DATA: '', STUDIO_PORT: '' }]) {
    expect(readConfig(env, '/project')).toMatchObject({
      databaseUrl: undefined,
      dataFolder: '/project/.lotline',
      embeddedPort: undefined,
      studioPort: 5555,
      contextKeys: undefined,
      baseUrl: undefined,
      authSecret: undefined,
      mail: undefined,
      oidc: undefined,
    });
  }
});

it('takes paths from the project’s root', () => {
  expect(readConfig({ LOTLINE_DATA: '../data' }, '/project').dataFolder).toBe('/data');
});

it('keeps TLS parameters of a URL', () => {
  const url = 'postgresql://u:p@db.example:5433/lotline?sslmode=verify-full&sslrootcert=/ca.pem';
  expect(readConfig({ DATABASE_URL: url }, '/project').databaseUrl).toBe(url);
});

it('reports all faults together, each with its variable', () => {
  const message = faultsOf({
    DATABASE_URL: 'mysql://u:secret@h/d',
    APP_DATABASE_URL: 'postgresql://u:se#cret@h/d',
    LOTLINE_PORT: '70000',
    STUDIO_PORT: 'x',
    LOTLINE_CONTEXT_KEY: 'abc',
  });
  expect(message.split('\n').map((line) => line.split(':')[0]?.trim())).toEqual([
    '5 settings are wrong',
    '- DATABASE_URL',
    '- APP_DATABASE_URL',
    '- LOTLINE_PORT',
    '- STUDIO_PORT',
    '- LOTLINE_CONTEXT_KEY',
  ]);
  expect(message).not.toMatch(/secret|se#|cret/);
});

describe('a URL', () => {
  it.each([
    ['db.example/lotline', 'is no URL'],
    ['hunter2:secret', 'is no URL'],
    ['postgresql://h:port/d', 'cannot be read'],
    ['postgresql:///d', 'names no host'],
    ['postgresql://h/d', 'names no user'],
    ['postgresql://u:p@h', 'names no database'],
    ['postgresql://u:100%@h/d', 'cannot be read'],
    ['postgresql://u:p@h/d#x', 'contains "#"'],
  ])('%s: %s', (url, fault) => {
    expect(faultsOf({ DATABASE_URL: url })).toContain(fault);
    expect(faultsOf({ DATABASE_URL: url })).not.toContain('secret');
  });

  it('may lead to a socket folder', () => {
    expect(faultsOf({ DATABASE_URL: 'postgresql://u@localhost/d?host=/run/postgresql' })).toBe('');
  });
});

it('refuses a shadow database that is the database itself, and URLs without DATABASE_URL', () => {
  const main = 'postgresql://u:p@h/d';
  expect(faultsOf({ DATABASE_URL: main, SHADOW_DATABASE_URL: 'postgres://x:y@h:5432/d?a=b' })).toContain(
    'would empty',
  );
  expect(faultsOf({ SHADOW_DATABASE_URL: main })).toContain('without DATABASE_URL');
});

it('refuses one port for two servers', () => {
  expect(faultsOf({ LOTLINE_PORT: '5555' })).toContain('STUDIO_PORT');
});

it('reads .env below the environment', () => {
  const root = mkdtempSync(join(tmpdir(), 'lotline-config-'));
  expect(withEnvironmentFile({ A: '1' }, root)).toEqual({ A: '1' });
  writeFileSync(join(root, '.env'), 'A=2\nB="3"\n');
  expect(withEnvironmentFile({ A: '1' }, root)).toEqual({ A: '1', B: '3' });
  rmSync(root, { recursive: true });
});

describe('the storage of files', () => {
  const s3 = {
    STORAGE: 's3',
    S3_ENDPOINT: 'https://s3.example.com',
    S3_BUCKET: 'lotline-files',
    S3_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    S3_SECRET_ACCESS_KEY: 'very secret',
  };

  it('is a folder of the data folder unless told', () => {
    expect(readConfig({}, '/project').storage).toEqual({ kind: 'local', folder: '/project/.lotline/files' });
    expect(readConfig({ LOTLINE_DATA: '/data' }, '/project').storage).toMatchObject({
      folder: '/data/files',
    });
    expect(readConfig({ STORAGE_FOLDER: 'kept' }, '/project').storage).toMatchObject({
      folder: '/project/kept',
    });
  });

  it('is a bucket with STORAGE=s3, and its secret is not printed with the settings', () => {
    const { storage } = readConfig(s3, '/project');
    expect(storage).toMatchObject({
      kind: 's3',
      region: 'us-east-1',
      pathStyle: true,
      bucket: 'lotline-files',
    });
    expect(storage.kind === 's3' && storage.secretAccessKey()).toBe('very secret');
    expect(JSON.stringify(storage) + inspect(storage, { depth: 9, showHidden: true })).not.toContain(
      'very secret',
    );
  });

  it.each([
    [{ ...s3, S3_BUCKET: '' }, 'S3_BUCKET: is needed'],
    [{ ...s3, S3_ENDPOINT: 'ftp://x' }, 'S3_ENDPOINT: is no web address'],
    [{ ...s3, S3_ENDPOINT: 'https://a:very%20secret@x' }, 'S3_ENDPOINT: carries more'],
    [{ ...s3, S3_BUCKET: 'Files/..' }, 'S3_BUCKET: "Files/.."'],
    [{ ...s3, S3_PATH_STYLE: 'yes' }, 'S3_PATH_STYLE: is "yes"'],
    [{ ...s3, STORAGE_FOLDER: 'x' }, 'STORAGE_FOLDER: is set beside'],
    [{ ...s3, STORAGE: '' }, 'set without STORAGE=s3'],
    [{ STORAGE: 'disk' }, 'STORAGE: is "disk"'],
  ])('%o: %s', (env, fault) => {
    expect(faultsOf(env)).toContain(fault);
    expect(faultsOf(env)).not.toContain('very');
  });
});

describe('sign-in', () => {
  const all = {
    BASE_URL: 'https://app.example.com/',
    WEB_URL: 'http://localhost:5173',
    LOTLINE_AUTH_SECRET: 'x'.repeat(32),
    SMTP_URL: 'smtps://user:p%40ss@mail.example.com:465',
    MAIL_FROM: 'Lotline <no-reply@example.com>',
    OIDC_ISSUER: 'https://login.example.com/realms/a',
    OIDC_CLIENT_ID: 'lotline',
    OIDC_CLIENT_SECRET: 'secret',
  };

  it('takes its settings', () => {
    expect(readConfig(all, '/project')).toMatchObject({
      baseUrl: 'https://app.example.com',
      webUrl: 'http://localhost:5173',
      authSecret: 'x'.repeat(32),
      mail: { smtpUrl: all.SMTP_URL, from: all.MAIL_FROM },
      oidc: { issuer: all.OIDC_ISSUER, clientId: 'lotline', clientSecret: 'secret' },
    });
  });

  it.each([
    ['BASE_URL', 'app.example.com'],
    ['BASE_URL', 'https://app.example.com/path'],
    ['BASE_URL', 'https://user:secret@app.example.com'],
    ['WEB_URL', 'ftp://app.example.com'],
    ['LOTLINE_AUTH_SECRET', 'short-secret'],
    ['SMTP_URL', 'mail.example.com:secret'],
    ['SMTP_URL', 'http://mail.example.com'],
    ['MAIL_FROM', 'Lotline'],
    ['MAIL_FROM', ''],
    ['OIDC_ISSUER', 'http://login.example.com'],
    ['OIDC_ISSUER', ''],
    ['OIDC_CLIENT_ID', ''],
    ['OIDC_CLIENT_SECRET', ''],
  ])('refuses %s=%s, names it, and shows no secret', (name, value) => {
    const message = faultsOf({ ...all, [name]: value });
    expect(message).toContain(`- ${name}:`);
    expect(message).toContain('A setting is wrong');
    expect(message).not.toContain('secret');
  });

  it('refuses the name of a provider without the provider', () => {
    expect(faultsOf({ OIDC_NAME: 'Example' })).toContain('OIDC_NAME');
  });
});
