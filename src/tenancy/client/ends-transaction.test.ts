import { expect, it } from 'vitest';
import { endsTransaction } from './ends-transaction.ts';

it.each([
  'COMMIT',
  'end',
  'Rollback AND CHAIN',
  ';; abort work',
  "PREPARE TRANSACTION 'x'",
  '-- a note\nEND TRANSACTION',
  '/* a /* nested */ note */-- and\r\n /**/ commit',
])('sees the end in %j', (statement) => expect(endsTransaction(statement)).toBe(true));

it.each([
  'SELECT 1 -- COMMIT',
  "UPDATE leads SET name = 'END'",
  '-- COMMIT',
  '/* COMMIT',
  'ENDED',
  '',
  'SELECT CASE WHEN true THEN 1 END',
])('sees none in %j', (statement) => expect(endsTransaction(statement)).toBe(false));
