import { type Db, inTransaction } from '../../../db.ts';
import { Refusal } from '../../../errors.ts';
import type { ModelRules, Values } from '../../../http/index.ts';
import { keyOf } from '../loop-lock.ts';
import { rules } from '../rules.ts';

// Writes as the data API does: what is closed or refused is refused, the rule, the write, what follows, in one transaction.

type Row = Values & { readonly id: string };
interface Delegate {
  create(args: object): Promise<Row>;
  update(args: object): Promise<Row>;
  delete(args: object): Promise<Row>;
  findUniqueOrThrow(args: object): Promise<Row>;
}

function modelOf(name: string): ModelRules {
  const found = rules.find((r) => r.model === name);
  if (!found) throw new Error(`no rules of ${name}`);
  return found;
}

const delegate = (db: Db, model: string) =>
  (db as unknown as Record<string, Delegate>)[model[0]!.toLowerCase() + model.slice(1)]!;

function check(model: ModelRules, kind: 'create' | 'update' | 'delete', values: Values): void {
  const reason = model.refuses?.[kind];
  if (reason) throw new Refusal('forbidden', 'WRITE_REFUSED', `${model.model} ${kind}`, reason);
  const closed = Object.keys(values).find((field) => model.closed?.[field]);
  if (closed)
    throw new Refusal('invalid', 'FIELD_CLOSED', `${closed} is closed.`, model.closed![closed]!, {
      fields: [{ field: closed, code: 'FIELD_CLOSED', message: 'is closed' }],
    });
}

export function create(db: Db, name: string, values: Values): Promise<Row> {
  const model = modelOf(name);
  return inTransaction(db, async (tx) => {
    check(model, 'create', values);
    const data = (await model.create?.(tx, values)) ?? values;
    const after = await delegate(tx, name).create({ data });
    await model.written?.(tx, after, undefined);
    return after;
  });
}

export function update(db: Db, name: string, id: string, changes: Values): Promise<Row> {
  const model = modelOf(name);
  return inTransaction(db, async (tx) => {
    check(model, 'update', changes);
    const before = await delegate(tx, name).findUniqueOrThrow({ where: keyOf(tx, id) });
    const data = (await model.update?.(tx, before, changes)) ?? changes;
    const after = await delegate(tx, name).update({ where: keyOf(tx, id), data });
    await model.written?.(tx, after, before);
    return after;
  });
}

export function remove(db: Db, name: string, id: string): Promise<void> {
  const model = modelOf(name);
  return inTransaction(db, async (tx) => {
    check(model, 'delete', {});
    const before = await delegate(tx, name).findUniqueOrThrow({ where: keyOf(tx, id) });
    await model.remove?.(tx, before);
    await delegate(tx, name).delete({ where: keyOf(tx, id) });
  });
}
