import { parseSync } from 'libpg-query';

/** A node of a parse tree: its type name → its fields. */
export type Tree = Readonly<Record<string, unknown>>;

interface FunctionCall {
  /** With its schema; what the server prints without one is its own. */
  readonly name: string;
  /** Stands alone in a sub-select, so that the server evaluates it once per statement. */
  readonly wrapped: boolean;
  /** An argument names a column, so that it has to be evaluated per row. */
  readonly perRow: boolean;
}

/** Reads a condition with PostgreSQL's own grammar, whose module must be loaded. */
export function parseCondition(sql: string): Tree {
  const { stmts } = parseSync(`SELECT ${sql}`) as unknown as {
    stmts: { stmt: { SelectStmt: { targetList: { ResTarget: { val: Tree } }[] } } }[];
  };
  return stmts[0]!.stmt.SelectStmt.targetList[0]!.ResTarget.val;
}

/** The branches of a conjunction or disjunction, flat; anything else is its own only branch. */
export function branches(tree: Tree, of: 'AND' | 'OR'): Tree[] {
  const bool = field<{ boolop: string; args: Tree[] }>(tree, 'BoolExpr');
  return bool?.boolop === `${of}_EXPR` ? bool.args.flatMap((arg) => branches(arg, of)) : [tree];
}

/** What a condition always is, as far as it can be told without rows; undefined where it depends on them. */
export function constantTruth(tree: Tree): boolean | undefined {
  const literal = constantOf(tree);
  if (literal !== undefined)
    return /^(t|true|yes|on|1)$/i.test(literal)
      ? true
      : /^(f|false|no|off|0)$/i.test(literal)
        ? false
        : undefined;
  const bool = field<{ boolop: string; args: Tree[] }>(tree, 'BoolExpr');
  if (bool?.boolop === 'NOT_EXPR') {
    const inner = constantTruth(bool.args[0]!);
    return inner === undefined ? undefined : !inner;
  }
  if (bool) return ofBranches(bool.args, bool.boolop === 'OR_EXPR');
  const comparison = field<{ name: unknown[]; lexpr?: Tree; rexpr?: Tree }>(tree, 'A_Expr');
  if (comparison && operatorOf(comparison.name) === '=' && comparison.lexpr && comparison.rexpr) {
    if (plain(comparison.lexpr) === plain(comparison.rexpr)) return true;
    const [left, right] = [constantOf(comparison.lexpr), constantOf(comparison.rexpr)];
    if (left !== undefined && right !== undefined) return left === right;
  }
  return undefined;
}

function ofBranches(args: readonly Tree[], or: boolean): boolean | undefined {
  const truths = args.map(constantTruth);
  if (truths.includes(or)) return or;
  if (or && complementary(args)) return true;
  return truths.every((t) => t === !or) ? !or : undefined;
}

/** `x IS NULL OR x IS NOT NULL` */
function complementary(args: readonly Tree[]): boolean {
  const tests = args.flatMap((arg) => field<{ arg: Tree; nulltesttype: string }>(arg, 'NullTest') ?? []);
  return tests.some((a) =>
    tests.some((b) => a.nulltesttype !== b.nulltesttype && plain(a.arg) === plain(b.arg)),
  );
}

/** Whether rows pass only where `column` equals the function's value, alone or in a sub-select. */
export function requires(tree: Tree, column: string, call: string): boolean {
  const [ors, ands] = [branches(tree, 'OR'), branches(tree, 'AND')];
  if (ors.length > 1) return ors.every((branch) => requires(branch, column, call));
  if (ands.length > 1) return ands.some((branch) => requires(branch, column, call));
  return contextEquality(tree)?.column === column && contextEquality(tree)?.call === call;
}

/** `column = f()` or `column = (SELECT f())`, in either order. */
export function contextEquality(tree: Tree): { column: string; call: string } | undefined {
  const node = field<{ kind: string; name: unknown[]; lexpr: Tree; rexpr: Tree }>(tree, 'A_Expr');
  if (node?.kind !== 'AEXPR_OP' || operatorOf(node.name) !== '=') return undefined;
  for (const [side, other] of [
    [node.lexpr, node.rexpr],
    [node.rexpr, node.lexpr],
  ] as const) {
    const [column, call] = [columnOf(side), callOf(other)];
    if (column && call) return { column, call };
  }
  return undefined;
}

/** Every function a condition calls. */
export function functionCalls(tree: Tree): FunctionCall[] {
  const calls: FunctionCall[] = [];
  walk(tree, (type, node, wrapped) => {
    if (type !== 'FuncCall') return;
    let perRow = false;
    walk((node as { args?: unknown }).args, (inner) => {
      perRow ||= inner === 'ColumnRef';
    });
    calls.push({ name: nameOf((node as { funcname: unknown[] }).funcname), wrapped, perRow });
  });
  return calls;
}

/** Calls `see` for every node with its type; `wrapped` inside a sub-select without FROM. */
export function walk(
  tree: unknown,
  see: (type: string, node: Tree, wrapped: boolean) => void,
  wrapped = false,
): void {
  if (Array.isArray(tree)) for (const item of tree) walk(item, see, wrapped);
  else if (tree && typeof tree === 'object') {
    for (const [key, node] of Object.entries(tree as Tree)) {
      if (/^[A-Z]/.test(key)) see(key, node as Tree, wrapped);
      walk(node, see, wrapped || (key === 'SelectStmt' && !(node as Tree).fromClause));
    }
  }
}

function callOf(tree: Tree): string | undefined {
  const call = field<{ funcname: unknown[]; args?: unknown[] }>(tree, 'FuncCall');
  if (call) return call.args ? undefined : nameOf(call.funcname);
  const link = field<{ subLinkType: string; subselect: Tree }>(tree, 'SubLink');
  if (link?.subLinkType !== 'EXPR_SUBLINK') return undefined;
  const select = field<Record<string, unknown>>(link.subselect, 'SelectStmt');
  const [target, ...more] = (select?.targetList ?? []) as { ResTarget: { val: Tree } }[];
  if (!target || more.length > 0 || select?.fromClause || select?.whereClause) return undefined;
  return callOf(target.ResTarget.val);
}

export function columnOf(tree: Tree): string | undefined {
  const fields = field<{ fields: { String?: { sval: string } }[] }>(tree, 'ColumnRef')?.fields;
  return fields?.length === 1 ? fields[0]?.String?.sval : undefined;
}

export function constantOf(tree: Tree): string | undefined {
  const cast = field<{ arg: Tree }>(tree, 'TypeCast');
  if (cast) return constantOf(cast.arg);
  const constant = field<Record<string, Record<string, unknown>>>(tree, 'A_Const');
  if (!constant) return undefined;
  if (constant.boolval) return String(constant.boolval.boolval ?? false);
  if (constant.ival) return String(constant.ival.ival ?? 0);
  const text = constant.sval?.sval ?? constant.fval?.fval;
  return text === undefined ? undefined : String(text);
}

export function operatorOf(name: readonly unknown[]): string {
  // One of another schema is printed with it, and may mean anything.
  return name.map((n) => (n as { String: { sval: string } }).String.sval).join('.');
}

export function nameOf(names: readonly unknown[]): string {
  const parts = names.map((n) => (n as { String: { sval: string } }).String.sval);
  return parts.length === 1 ? `pg_catalog.${parts[0]}` : parts.join('.');
}

/** A node as text without its place in the source. */
function plain(tree: Tree): string {
  return JSON.stringify(tree, (key, value) => (key === 'location' ? undefined : value));
}

export function field<T>(tree: Tree | undefined, type: string): T | undefined {
  return tree?.[type] as T | undefined;
}
