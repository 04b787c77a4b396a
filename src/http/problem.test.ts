import { describe, expect, it } from 'vitest';
import { StorageError } from '../storage/index.ts';
import { problemOf } from './problem.ts';

const thrown = (message: string, code?: string) =>
  Object.assign(new Error(message), code ? { code, severity: 'FATAL' } : {});

describe('a problem', () => {
  it.each([
    ['a server that starts', thrown('the database system is starting up', '57P03')],
    ['a server that crashed', thrown('terminating connection', '57P02')],
    ['nobody at the address', thrown('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
    ['a connection that broke', thrown('Connection terminated unexpectedly')],
    [
      'a raw query of Prisma',
      Object.assign(new Error('Raw query failed.'), {
        code: 'P2010',
        meta: { driverAdapterError: { cause: { kind: 'ConnectionClosed' } } },
      }),
    ],
    ['a pool without a free connection', thrown('timeout exceeded when trying to connect')],
  ])('is 503 with UNAVAILABLE for %s, whoever asked', (_, error) => {
    expect(problemOf(error, 'request').body).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  });

  it('is 500 and tells nothing for what nobody foresaw', () => {
    const { status, body } = problemOf(thrown('secret of the table', '42P01'), 'request');
    expect([status, body.code]).toEqual([500, 'UNEXPECTED']);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('is 503 where the storage of files does not answer, and tells nothing of how it is set up', () => {
    const statusOf = (error: unknown) => problemOf(error, 'request').status;
    expect(statusOf(new StorageError('STORAGE_UNAVAILABLE', 'no room'))).toBe(503);
    expect(statusOf(new StorageError('STORAGE_MISSING', 'gone'))).toBe(404);
    const { status, body } = problemOf(new StorageError('STORAGE_REFUSED', 'the bucket'), 'request');
    expect([status, body.code]).toEqual([500, 'UNEXPECTED']);
  });
});
