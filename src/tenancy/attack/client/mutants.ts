/** One thing that is made wrong in the client’s own code, which the probes have to notice. */
export interface ClientMutant {
  readonly name: string;
  /** Exact text of one file of the client, and what stands there instead. */
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[];
  /** The probes that could see it, by the beginning of their names; the first first. */
  readonly probes: readonly string[];
}

const LEFT = 'what is left on a connection';
const MANY = 'many tenants at once';
const ELSEWHERE = 'promises awaited elsewhere';
const CUT = 'calls that are cut off';
const TWINS = 'hidden rows and none';

function mutant(
  name: string,
  probes: readonly string[],
  ...edits: [file: string, find: string, put: string][]
) {
  return {
    name,
    probes,
    edits: edits.map(([file, find, put]) => ({ file: `${file}.ts`, find, put })),
  } satisfies ClientMutant;
}

export const CLIENT_MUTANTS: readonly ClientMutant[] = [
  mutant(
    'no context is sent',
    [MANY],
    ['bound-query', 'if (context) bindContext(connection, context, prepared);', ''],
    ['bound-query', ' + (preamble.context ? 1 : 0)', ''],
  ),
  mutant(
    'the context is sent once for each connection',
    [MANY],
    [
      'connections',
      '...(token === undefined ? {} :',
      '...(token === undefined || SENT.has(client) || !SENT.add(client) ? {} :',
    ],
    [
      'connections',
      "const STALE = new Set(['26000'",
      "const SENT = new WeakSet();\nconst STALE = new Set(['26000'",
    ],
  ),
  mutant(
    'the token of the first tenant serves all',
    [MANY],
    [
      'tenancy',
      'const token = signer(tenant, options.keys);',
      'FIRST.token ??= signer(tenant, options.keys);\n        const token = FIRST.token;',
    ],
    [
      'tenancy',
      'const LIFETIME = 300;',
      'const FIRST: { token?: () => string } = {};\nconst LIFETIME = 300;',
    ],
  ),
  mutant(
    'the context is set for the session',
    [`${LEFT}, directly`],
    ['bound-query', "set_config('app.context', $1, true)", "set_config('app.context', $1, false)"],
  ),
  mutant(
    'a connection that ran the caller’s SQL is not reset',
    [`${LEFT}, directly`],
    ['connections', '} else if (tainted && !pooled) {', '} else if (tainted && !pooled && !client) {'],
  ),
  mutant(
    'a caller’s SQL is taken for the client’s own',
    [`${LEFT}, directly`],
    ['calls', 'raw: queries.some((q) => RAW.has(q.action))', 'raw: false'],
  ),
  mutant(
    'a connection in an open transaction is given back',
    [`${LEFT}, without prepared`],
    ['connections', "if (broken || transactionStatus(client) !== 'I')", 'if (broken)'],
    [
      'connections',
      '} else if (tainted && !pooled) {',
      "} else if (tainted && !pooled && transactionStatus(client) === 'I') {",
    ],
  ),
  mutant(
    'what DISCARD ALL took is still believed to be prepared',
    [`${LEFT}, directly`],
    ['connections', 'forgetPrepared(client);\n        release();', 'release();'],
  ),
  mutant(
    'SQL without a mark runs as the last tenant',
    [ELSEWHERE],
    [
      'bound-pool',
      'const { text, call } = calls.read(config.text);',
      'const read = calls.read(config.text);\n    const text = read.text;\n    const call = read.call ?? LAST.call;\n    LAST.call = call;',
    ],
    [
      'bound-pool',
      '/** One statement in one round trip:',
      "const LAST: { call?: ReturnType<Calls['read']>['call'] } = {};\n/** One statement in one round trip:",
    ],
  ),
  mutant(
    'the mark is read anywhere in the text',
    ['comments that claim'],
    [
      'calls',
      'const at = sql.endsWith(AFTER) ? sql.lastIndexOf(BEFORE) : -1;',
      'const at = sql.indexOf(BEFORE);',
    ],
    [
      'calls',
      'sql.slice(at + BEFORE.length, -AFTER.length)',
      'sql.slice(at + BEFORE.length).split(AFTER)[0]!',
    ],
  ),
  mutant(
    'the ids of calls are used again',
    [MANY],
    ['calls', 'this.#last += 1;', 'this.#last = (this.#last + 1) % 8;'],
  ),
  mutant(
    'calls share one mark for each model',
    [MANY],
    ['calls', 'const marks = new Map<string, object>();', 'const marks = this.#marks;'],
    ['calls', '#last = 0;', '#last = 0;\n  readonly #marks = new Map<string, object>();'],
  ),
  mutant(
    'errors pass on what the server said',
    [TWINS],
    [
      'errors',
      "const own = said && ['23514', '23502'].includes(said.code) ? said.message : undefined;",
      'const own = said?.message;',
    ],
  ),
  mutant(
    'errors stay Prisma’s own',
    [TWINS],
    [
      'errors',
      'const said = databaseError(error);',
      'if (error) return error;\n  const said = databaseError(error);',
    ],
  ),
  mutant('a missing record keeps Prisma’s text', [TWINS], ['errors', "P2025: 'NOT_FOUND',", '']),
  mutant(
    'a batch takes calls of another tenant',
    [ELSEWHERE],
    ['bound-client', 'if (input.some((p) => p?.[MADE_BY] !== bound)) throw FOREIGN_PROMISE();', ''],
  ),
  mutant(
    'the first statement of a transaction is not bound',
    [MANY],
    ['bound-transaction', '...(this.#bound ? {} : {', '...(this.#bound || first ? {} : {'],
    [
      'bound-transaction',
      'this.#bound ||= token !== undefined;',
      'this.#bound ||= token !== undefined && !first;',
    ],
  ),
  mutant(
    'the context is not sent again after a savepoint',
    [`${LEFT}, directly`],
    ['bound-transaction', 'if (SAVEPOINT.test(text)) this.#bound = false;', ''],
  ),
  mutant(
    'SQL may end a transaction from within',
    [`${LEFT}, directly`],
    ['bound-transaction', "if (this.#state === 'ended' && !(own && END.test(text))) throw ENDED();", ''],
    ['bound-transaction', "if (this.#state === 'ended') throw ENDED();", ''],
  ),
  mutant(
    'bound clients are kept without the person',
    [ELSEWHERE],
    ['tenancy', '[organizationId, userId, role, origin]', '[organizationId, role, origin]'],
  ),
  mutant(
    'bound clients are kept without the role',
    [ELSEWHERE],
    ['tenancy', '[organizationId, userId, role, origin]', '[organizationId, userId, origin]'],
  ),
  mutant(
    'bound clients are kept without the tenant',
    [MANY],
    ['tenancy', '[organizationId, userId, role, origin]', '[role, origin]'],
  ),
  mutant(
    'an extended client loses its tenant',
    [`${LEFT}, directly`],
    ['bound-client', 'bound._originalClient = bound;', ''],
  ),
  mutant(
    'keys asked for in one tick are gathered for all tenants',
    [MANY],
    [
      'bound-client',
      'bound._requestHandler = new Handler(bound, original._engineConfig.logEmitter);',
      'bound._requestHandler = (SHARED.handler ??= new Handler(bound, original._engineConfig.logEmitter));',
    ],
    [
      'bound-client',
      'export interface BindOptions {',
      'const SHARED: { handler?: RequestHandler } = {};\n\nexport interface BindOptions {',
    ],
  ),
  mutant(
    'a write is sent again when its connection was lost',
    [CUT],
    ['bound-engine', 'READS.has(query.action) ? mayRepeatRead : isWriteConflict', 'mayRepeatRead'],
  ),
  mutant(
    'nothing is reset behind a pooler',
    [`${LEFT}, as behind`],
    ['bound-pool', 'tainted && connections.pooled ? frameOfOwnSql(connections) : {}', '{}'],
  ),
  mutant(
    'transactions reset nothing behind a pooler',
    [`${LEFT}, as behind`],
    ['bound-transaction', "['SET CONSTRAINTS ALL IMMEDIATE', ...cleaning(this.#connections)]", '[]'],
  ),
  mutant(
    'a new key is not noticed',
    ['a key that changes'],
    ['tenancy', 'if (key.id !== by || now', 'if (now'],
  ),
  mutant(
    'many rows are written without a context',
    [MANY],
    [
      'bulk-insert',
      "{ token: target.token(), origin: target.origin, before: ['BEGIN'] }",
      "{ before: ['BEGIN'] }",
    ],
  ),
];
