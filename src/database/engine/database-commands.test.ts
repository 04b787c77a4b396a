import { expect, test } from 'vitest';
import { usesDatabase } from './database-commands.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

test.each([
  'migrate deploy',
  'migrate dev --create-only --name x',
  'migrate status --schema prisma',
  'migrate reset --force',
  'migrate diff --from-migrations prisma/migrations --to-schema prisma',
  'migrate diff --from-config-datasource --to-schema=prisma',
  'db pull --print',
  'db execute --file x.sql',
  'studio --browser none --port 5600',
])('prisma %s needs the database', (line) => {
  expect(usesDatabase(words(line))).toBe(true);
});

test.each([
  '',
  'validate',
  'format',
  'generate --generator client',
  '--version',
  'migrate',
  'migrate deploy --help',
  'migrate diff --from-empty --to-schema prisma --script',
  'studio --url postgresql://a@b/c',
])('prisma %s works without the database', (line) => {
  expect(usesDatabase(words(line))).toBe(false);
});
