import { branches, constantTruth, field, nameOf, operatorOf, type Tree } from './condition.ts';

/** What a condition is where nobody has set a context; `row` where it depends on the row. */
type Truth = 'true' | 'false' | 'null' | 'row';

/** Functions that know nobody without a context: the verified readers, settings, and those of other makers. */
const UNKNOWN = /^(app\.current_\w+|pg_catalog\.current_setting|auth\.(uid|jwt|role|email|user_id|session))$/;
const NOBODY = /^app\.is_org_admin$/;

/**
 * Evaluates a condition in SQL's three-valued logic for a session without context. A condition that is `true` then
 * admits every row to whoever has not signed in, in whatever disguise: `x IS NULL OR …`, `NOT (x IS NOT NULL)`, COALESCE.
 */
export function withoutContext(tree: Tree): Truth {
  const constant = constantTruth(tree);
  if (constant !== undefined) return constant ? 'true' : 'false';
  const bool = field<{ boolop: string; args: Tree[] }>(tree, 'BoolExpr');
  if (bool?.boolop === 'NOT_EXPR') return negate(withoutContext(bool.args[0]!));
  if (bool) return join(branches(tree, bool.boolop === 'OR_EXPR' ? 'OR' : 'AND'), bool.boolop === 'OR_EXPR');
  return ofTest(tree) ?? ofValue(tree);
}

function ofTest(tree: Tree): Truth | undefined {
  const nulls = field<{ arg: Tree; nulltesttype: string }>(tree, 'NullTest');
  if (nulls) {
    const value = withoutContext(nulls.arg);
    if (value === 'row') return 'row';
    return (value === 'null') === (nulls.nulltesttype === 'IS_NULL') ? 'true' : 'false';
  }
  const test = field<{ arg: Tree; booltesttype: string }>(tree, 'BooleanTest');
  if (!test) return undefined;
  const value = withoutContext(test.arg);
  if (value === 'row') return 'row';
  const asked = test.booltesttype.replace(/^IS_(NOT_)?/, '').toLowerCase();
  const same = asked === (value === 'null' ? 'unknown' : value);
  return same !== test.booltesttype.startsWith('IS_NOT_') ? 'true' : 'false';
}

function ofValue(tree: Tree): Truth {
  const call = field<{ funcname: unknown[] }>(tree, 'FuncCall');
  if (call)
    return UNKNOWN.test(nameOf(call.funcname))
      ? 'null'
      : NOBODY.test(nameOf(call.funcname))
        ? 'false'
        : 'row';
  const cast = field<{ arg: Tree }>(tree, 'TypeCast');
  if (cast) return withoutContext(cast.arg);
  const link = field<{ subLinkType: string; subselect: Tree }>(tree, 'SubLink');
  if (link) return ofSelect(link);
  const coalesce = field<{ args: Tree[] }>(tree, 'CoalesceExpr');
  if (coalesce) return coalesce.args.map(withoutContext).find((v) => v !== 'null') ?? 'null';
  const operation = field<{ kind: string; name: unknown[]; lexpr?: Tree; rexpr?: Tree }>(tree, 'A_Expr');
  if (operation) return ofOperator(operation);
  const constant = field<{ isnull?: boolean }>(tree, 'A_Const');
  return constant?.isnull ? 'null' : 'row';
}

/** Operators of SQL are strict: null in, null out. NULLIF and IS DISTINCT FROM have forms of their own. */
function ofOperator({
  kind,
  name,
  lexpr,
  rexpr,
}: {
  kind: string;
  name: unknown[];
  lexpr?: Tree;
  rexpr?: Tree;
}): Truth {
  const left = lexpr ? withoutContext(lexpr) : 'row';
  const right = rexpr ? withoutContext(rexpr) : 'row';
  if (kind === 'AEXPR_NULLIF') return left === 'null' ? 'null' : 'row';
  if (kind !== 'AEXPR_OP' || operatorOf(name).includes('.')) return 'row';
  return left === 'null' || right === 'null' ? 'null' : 'row';
}

function ofSelect({ subLinkType, subselect }: { subLinkType: string; subselect: Tree }): Truth {
  const select = field<{
    targetList?: { ResTarget: { val: Tree } }[];
    fromClause?: unknown;
    whereClause?: unknown;
  }>(subselect, 'SelectStmt');
  const target = select?.targetList?.[0];
  if (subLinkType !== 'EXPR_SUBLINK' || !target || select.fromClause || select.whereClause) return 'row';
  return withoutContext(target.ResTarget.val);
}

function negate(value: Truth): Truth {
  return value === 'true' ? 'false' : value === 'false' ? 'true' : value;
}

function join(args: readonly Tree[], or: boolean): Truth {
  const values = args.map(withoutContext);
  const deciding = or ? 'true' : 'false';
  if (values.includes(deciding)) return deciding;
  if (values.includes('row')) return 'row';
  return values.includes('null') ? 'null' : or ? 'false' : 'true';
}
