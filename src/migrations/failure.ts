import pg from 'pg';
import { failurePlace } from '../database/run-script.ts';
import type { Migration } from './folder.ts';

const BUSY = ['55P03', '40P01', '40001'];

/** Whether another session was in the way, so that the same may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  return error instanceof pg.DatabaseError && BUSY.includes(error.code ?? '');
}

/** The server's error in words, with the statement of the migration that caused it, where that can be told. */
export function describeFailure(error: unknown, migration: Migration): { code: string; text: string } {
  if (!(error instanceof pg.DatabaseError))
    return { code: '', text: error instanceof Error ? error.message : String(error) };
  const lines = [error.message];
  if (error.detail) lines.push(`detail: ${error.detail}`);
  if (error.hint) lines.push(`hint: ${error.hint}`);
  const place = failurePlace(error, migration.sql);
  if (place) {
    lines.push(`${migration.path}:${place.line}, statement ${place.statement} of ${place.statements}:`);
    lines.push(...place.excerpt.split('\n').map((line) => `  ${line}`));
  }
  return { code: error.code ?? '', text: lines.map((line) => `  ${line}`).join('\n') };
}
