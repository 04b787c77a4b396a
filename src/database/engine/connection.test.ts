import { expect, test } from 'vitest';
import { readUrl, withDatabase } from './connection.ts';

test('a URL is read with its decoded user and database and Prisma’s default schema', () => {
  const target = readUrl('postgresql://m%40x:p%23@db.example:6000/my%20base');
  expect(target).toMatchObject({
    user: 'm@x',
    host: 'db.example',
    port: 6000,
    database: 'my base',
    schema: 'public',
  });
  expect(target.pool.max).toBe(1);
  expect(target.pool.connectionTimeoutMillis).toBe(5000);
});

test('the schema parameter sets the search path and connect_timeout counts seconds', () => {
  const { pool, schema } = readUrl('postgresql://a:b@h/d?schema=my%20app&connect_timeout=2&sslmode=disable');
  expect(schema).toBe('my app');
  expect(pool.options).toContain('-c search_path="my\\ app"');
  expect(pool.connectionTimeoutMillis).toBe(2000);
  expect(pool.connectionString).toBe('postgresql://a:b@h/d?sslmode=disable');
});

test.each(['', 'nonsense', 'mysql://a:b@h/d', '/var/run'])(
  '%j is refused as P1013 without repeating it',
  (text) => {
    expect(() => readUrl(text)).toThrow(expect.objectContaining({ code: 'P1013' }));
  },
);

test('another database keeps server, credentials and options', () => {
  expect(withDatabase('postgresql://a:b@h:1/d?schema=s', 'x y')).toBe('postgresql://a:b@h:1/x%20y?schema=s');
});
