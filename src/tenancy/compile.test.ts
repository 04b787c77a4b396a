import { describe, expect, it } from 'vitest';
import { LotlineError } from '../errors.ts';
import { compileSchema } from './compile.ts';
import type { SchemaFile } from './scanner.ts';

const DATASOURCE: SchemaFile = ['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n'];
const ROOT = `/// @scope tenant-root
model Firm {
  id    String @id @db.Uuid
  posts Post[]
  notes Note[]
  @@map("firms")
}
`;
const NOTE = `/// @scope tenant
model Note {
  firmId String @map("firm_id") @db.Uuid
  id     String @db.Uuid
  firm   Firm   @relation(fields: [firmId], references: [id], onDelete: Cascade, onUpdate: NoAction)
  posts  Post[]
  @@id([firmId, id])
  @@map("notes")
}
`;
const RELATION =
  'note Note? @relation(fields: [firmId, noteId], references: [firmId, id], onDelete: Restrict, onUpdate: NoAction)';

/** A schema with a tenant root, notes, and posts whose declaration the test may change. */
function schema(
  post: { above?: string; title?: string; relation?: string; below?: string } = {},
): SchemaFile[] {
  const {
    above = '/// @scope tenant',
    title = '',
    relation = RELATION,
    below = '@@index([firmId, noteId])',
  } = post;
  return [
    DATASOURCE,
    ['models/firm.prisma', `${ROOT}\n${NOTE}`],
    [
      'models/post.prisma',
      `${above}
model Post {
  firmId   String  @map("firm_id") @db.Uuid
  id       String  @db.Uuid
  authorId String? @map("author_id") @db.Uuid
  noteId   String? @map("note_id") @db.Uuid
  ${title}
  title    String
  public   Boolean @default(false)
  firm     Firm    @relation(fields: [firmId], references: [id], onDelete: Cascade, onUpdate: NoAction)
  ${relation}
  @@id([firmId, id])
  ${below}
  @@map("posts")
}
`,
    ],
  ];
}

async function faults(files: SchemaFile[]): Promise<string> {
  const error = await compileSchema(files).then(
    () => new Error('the schema was accepted'),
    (e: unknown) => e as Error,
  );
  expect(error).toBeInstanceOf(LotlineError);
  return error.message;
}

const post = async (above: string) =>
  (
    await compileSchema(schema({ above, below: '@@index([firmId, noteId])\n  @@index([firmId, authorId])' }))
  ).models.find((m) => m.model === 'Post')!;

describe('a schema that knows nothing of real estate', () => {
  it('gets four policies, a floor, and those of platform and custodian for a tenant model', async () => {
    const { policies, tenantColumn } = await post('/// @scope tenant');
    expect(tenantColumn).toBe('firm_id');
    expect(policies.map((p) => [p.name, p.permissive])).toEqual([
      ['posts_floor', false],
      ['posts_select', true],
      ['posts_insert', true],
      ['posts_update', true],
      ['posts_delete', true],
      ['posts_platform', true],
      ['posts_custodian', true],
      ['posts_custodian_floor', false],
    ]);
    expect(policies[0]!.using).toBe('firm_id = (select app.current_organization_id())');
  });

  it('writes the bare function for Citus', async () => {
    const { models } = await compileSchema(schema(), { target: 'citus' });
    expect(models.find((m) => m.model === 'Post')!.policies[0]!.using).toBe(
      'firm_id = app.current_organization_id()',
    );
  });

  it('narrows a tenant-user model to its member', async () => {
    const { policies } = await post('/// @scope tenant-user(author_id)');
    expect(policies.find((p) => p.name === 'posts_select')!.using).toBe(
      'firm_id = (select app.current_organization_id()) AND author_id = (select app.current_user_id())',
    );
  });

  it('opens a catalogue to readers and keeps the floor under its writes', async () => {
    const { policies } = await post('/// @scope catalogue(public)');
    expect(policies.filter((p) => !p.permissive).map((p) => [p.operation, p.roles[0]])).toEqual([
      ['insert', 'lotline_app'],
      ['update', 'lotline_app'],
      ['delete', 'lotline_app'],
      ['all', 'lotline_custodian'],
    ]);
    expect(policies.find((p) => p.name === 'posts_select')!.using).toBe(
      'public OR firm_id = (select app.current_organization_id())',
    );
  });

  it('takes policy and privilege away together', async () => {
    const { policies, grants } = await post('/// @scope tenant\n/// @deny delete\n/// @deny update(title)');
    expect(policies.some((p) => p.name === 'posts_delete')).toBe(false);
    const mine = grants.filter((g) => g.role === 'lotline_app');
    expect(mine.map((g) => g.privilege)).toEqual(['select', 'insert', 'update']);
    expect(mine[2]!.columns).not.toContain('title');
  });

  it('lets the new row of an update meet another condition', async () => {
    const { policies } = await post(
      "/// @scope tenant\n/// @allow update: ORG AND title <> 'ORG'\n///   => ORG AND NOT public",
    );
    expect(policies.find((p) => p.name === 'posts_update')).toMatchObject({
      using: "firm_id = (select app.current_organization_id()) AND title <> 'ORG'",
      check: 'firm_id = (select app.current_organization_id()) AND NOT public',
    });
  });

  it('reads checks and special indexes', async () => {
    const { checks, keys } = await post(
      '/// @scope tenant\n/// @check shouted: title = upper(title)\n/// @unique (firm_id, title) where public -- one of a kind',
    );
    expect(checks).toEqual([{ name: 'posts_shouted_rule', sql: 'title = upper(title)' }]);
    expect(keys.at(-1)).toMatchObject({
      name: 'posts_title_partial_key',
      columns: ['firm_id', 'title'],
      where: 'public',
      purpose: 'one of a kind',
      kind: 'unique',
    });
  });
});

describe('a fault is told with file, line and remedy:', () => {
  it.each([
    [
      'an unknown annotation',
      { above: '/// @scope tenant\n/// @alow select: ORG' },
      /post\.prisma:2: unknown annotation @alow.*@allow/,
    ],
    ['a missing scope', { above: '/// A post.' }, /post\.prisma:2: model Post states no scope/],
    [
      'two scopes',
      { above: '/// @scope tenant\n/// @scope platform(nobody)' },
      /post\.prisma:2: model Post states 2 scopes/,
    ],
    ['an unknown scope', { above: '/// @scope tenent' }, /unknown scope "tenent"/],
    [
      'an unknown column in a policy',
      { above: '/// @scope tenant\n/// @allow delete: ORG AND publc' },
      /post\.prisma:2: .*no column "publc"/,
    ],
    [
      'a Prisma name where SQL is meant',
      { above: '/// @scope tenant\n/// @check x: authorId IS NULL' },
      /no column "authorid"|did you mean "author_id"/,
    ],
    [
      'an unknown column in an index',
      { above: '/// @scope tenant\n/// @index (firm_id, titel) where public' },
      /no column "titel"/,
    ],
    [
      'SQL that is none',
      { above: '/// @scope tenant\n/// @check x: title = = 1' },
      /post\.prisma:2: .*syntax error/,
    ],
    [
      'a policy that forgets the tenant',
      { above: '/// @scope tenant\n/// @allow select: public' },
      /does not say ORG/,
    ],
    [
      'a new row that forgets the tenant',
      { above: '/// @scope tenant\n/// @allow update: ORG => public' },
      /does not say ORG/,
    ],
    [
      'an operation stated twice',
      { above: '/// @scope tenant\n/// @deny delete\n/// @allow delete: ORG' },
      /post\.prisma:3: .*stated already/,
    ],
    [
      'an operation that does not exist',
      { above: '/// @scope tenant\n/// @deny truncate' },
      /"truncate" is no operation/,
    ],
    [
      'a field annotation on a model',
      { above: '/// @scope tenant\n/// @length 1..2' },
      /@length belongs on a field/,
    ],
    [
      'a format that does not exist',
      { title: '/// @format e-mail' },
      /post\.prisma:7: @format: unknown format "e-mail"/,
    ],
    ['a length that is none', { title: '/// @length 5..1' }, /@length: write "1\.\.200"/],
    [
      'a foreign key between tenants without the tenant',
      {
        relation:
          'note Note? @relation(fields: [authorId, noteId], references: [firmId, id], onDelete: Restrict, onUpdate: NoAction)',
        below: '@@index([firmId, authorId, noteId])\n  @@index([authorId, noteId])',
      },
      /post\.prisma:11: relation Post\.note points at Note without the tenant/,
    ],
    ['a foreign key without index', { below: '' }, /foreign key Post\.note has no index/],
    [
      'a policy column without index',
      { above: '/// @scope tenant-user(author_id)' },
      /no index of posts begins with firm_id, author_id/,
    ],
    [
      'an identifier over 63 bytes',
      { above: `/// @scope tenant\n/// @check ${'x'.repeat(60)}: public` },
      /71 bytes, PostgreSQL keeps 63/,
    ],
  ] as const)('%s', async (_, change, message) => {
    expect(await faults(schema(change))).toMatch(message);
  });

  it('a model declared in two files', async () => {
    expect(await faults([...schema(), ['models/again.prisma', NOTE]])).toMatch(
      /again\.prisma:2: model Note: the name is taken by the model at models\/firm\.prisma:\d+/,
    );
  });

  it('two indexes of one name in different tables', async () => {
    const below = '@@index([firmId, noteId], map: "twice")\n  @@index([firmId, authorId], map: "twice")';
    expect(await faults(schema({ below }))).toMatch(/twice/);
  });

  it('all faults at once', async () => {
    const message = await faults(
      schema({ above: '/// @scope tenant\n/// @alow x\n/// @check y: nope IS NULL' }),
    );
    expect(message).toMatch(/2 faults[\s\S]*@alow[\s\S]*nope/);
  });
});

describe('the log of changes', () => {
  const LOG = `/// @scope tenant
/// @changelog
/// @deny update, delete
/// @deny update, delete to platform
model Log {
  firmId       String  @map("firm_id") @db.Uuid
  id           String  @db.Uuid
  userId       String? @map("user_id") @db.Uuid
  action       String
  resourceType String  @map("resource_type")
  resourceId   String? @map("resource_id") @db.Uuid
  oldData      Json?   @map("old_data") @db.JsonB
  newData      Json?   @map("new_data") @db.JsonB
  ipAddress    String? @map("ip_address") @db.Inet
  userAgent    String? @map("user_agent")
  firm         Firm    @relation(fields: [firmId], references: [id], onDelete: Cascade, onUpdate: NoAction)
  @@id([firmId, id])
  @@map("logs")
}
`;
  const logged = (above: string, log = LOG, title = '') => [
    ...schema({ above, title }).map(
      ([path, text]): SchemaFile => [
        path,
        text.replace('  notes Note[]\n', '  notes Note[]\n  logs Log[]\n'),
      ],
    ),
    ['models/log.prisma', log] as SchemaFile,
  ];
  const changesOf = async (above: string, title = '') =>
    (await compileSchema(logged(above, LOG, title))).models.find((m) => m.model === 'Post')!.changes;

  it('keeps values where the whole tenant reads, the action where some do, nothing of one person’s rows', async () => {
    expect(await changesOf('/// @scope tenant')).toMatchObject({
      kind: 'shared',
      key: 'id',
      resource: 'post',
    });
    expect(await changesOf('/// @scope catalogue(public)')).toMatchObject({ kind: 'shared' });
    const some = '/// @scope tenant\n/// @allow select: ORG AND (public OR ADMIN)';
    expect(await changesOf(some)).toMatchObject({ kind: 'restricted' });
  });

  it('withholds what is a secret by its name or type', async () => {
    const title = 'tokenHash String? @map("token_hash")\n  raw Bytes?\n  more Json? @db.JsonB';
    expect(await changesOf('/// @scope tenant', title)).toMatchObject({
      withheld: ['token_hash', 'raw'],
      nested: ['more'],
    });
  });

  it('is not asked of a model that says why, of a schema without a log, and on Citus', async () => {
    const files = logged('/// @scope tenant\n/// @unlogged -- a log itself');
    const post = (await compileSchema(files)).models.find((m) => m.model === 'Post');
    expect(post).toMatchObject({ unlogged: 'a log itself' });
    expect(post?.changes).toBeUndefined();
    expect((await compileSchema(schema())).models.some((m) => m.changes)).toBe(false);
    const citus = await compileSchema(logged('/// @scope tenant'), { target: 'citus' });
    expect([citus.changelog, citus.models.some((m) => m.changes)]).toEqual([undefined, false]);
  });

  it.each([
    [
      'a reason that is missing',
      '/// @scope tenant\n/// @unlogged',
      LOG,
      /post\.prisma:2: @unlogged: say why/,
    ],
    [
      'a log that can be rewritten',
      '/// @scope tenant',
      LOG.replace('/// @deny update, delete\n', ''),
      /log\.prisma:2: @changelog: what can be rewritten/,
    ],
    [
      'a log without a column',
      '/// @scope tenant',
      LOG.replace(/.*ip_address.*\n/, ''),
      /logs needs a column "ip_address" of type inet/,
    ],
    ['a second log', '/// @scope tenant\n/// @changelog', LOG, /@changelog: .* is the log already/],
  ])('refuses %s', async (_, above, log, message) => {
    expect(await faults(logged(above, log))).toMatch(message);
  });

  it('refuses a reason where there is no log', async () => {
    expect(await faults(schema({ above: '/// @scope tenant\n/// @unlogged -- why' }))).toMatch(
      /no model of this schema is the @changelog/,
    );
  });
});
