import pg from 'pg';
import { expect, it } from 'vitest';
import { StorageError } from '../storage/index.ts';
import { problemOf } from './problem.ts';

const statusOf = (error: unknown) => problemOf(error, 'test').status;

it('says 503 where the database is out of reach, whoever asked it', async () => {
  const refused = await new pg.Client('postgres://nobody@127.0.0.1:1/none').connect().catch((e) => e);
  expect(statusOf(refused)).toBe(503);
  expect(statusOf(new Error('timeout exceeded when trying to connect'))).toBe(503);
  expect(statusOf(new Error('Connection terminated unexpectedly'))).toBe(503);
});

it('says 503 where the storage of files is, and nothing of how it is set up', () => {
  expect(statusOf(new StorageError('STORAGE_UNAVAILABLE', 'no room'))).toBe(503);
  expect(statusOf(new StorageError('STORAGE_MISSING', 'gone'))).toBe(404);
  const { status, body } = problemOf(new StorageError('STORAGE_REFUSED', 'the bucket'), 'test');
  expect([status, body.code]).toEqual([500, 'UNEXPECTED']);
});

it('says 500, and nothing of the error, where nobody foresaw it', () => {
  const { status, body } = problemOf(new Error('secret'), 'test');
  expect([status, JSON.stringify(body).includes('secret')]).toEqual([500, false]);
});
