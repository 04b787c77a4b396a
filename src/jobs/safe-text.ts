import { LotlineError, Refusal } from '../errors.ts';
import type { z } from '../queue/index.ts';

/** Refusals that the next attempt would meet again. */
const FINAL = new Set(['invalid', 'unauthenticated', 'forbidden', 'missing', 'limit', 'too-large']);

/** Whether trying again is of no use. */
export function isFinal(error: unknown): boolean {
  return error instanceof Refusal && FINAL.has(error.kind);
}

/** What the organization is told of an error: what was written for people, and of anything else that it happened. */
export function safeText(error: unknown): string {
  const text =
    error instanceof LotlineError
      ? `${error.message} ${error.hint}`
      : 'Something unexpected went wrong; the log of the server has it under the id of this run.';
  return clean(text.length > 2000 ? `${text.slice(0, 1999)}…` : text);
}

/** The input that a job does not take, field by field. */
export function wrongInput(job: string, { issues }: z.ZodError): Refusal {
  const fields = issues.map((i) => ({
    field: i.path.join('.'),
    code: i.code ?? 'custom',
    message: i.message,
  }));
  const list = fields.map((f) => `${f.field || 'input'}: ${f.message}`).join('; ');
  return new Refusal(
    'invalid',
    'JOB_INPUT_INVALID',
    `The input is not what the job "${job}" takes: ${list}.`,
    'Enqueue it again with what the job takes.',
    { fields },
  );
}

/** A value as JSON that PostgreSQL keeps: it has neither the character zero nor halves of characters. */
export function keptJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) => (typeof part === 'string' ? clean(part) : part));
}

export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
