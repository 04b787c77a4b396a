import type { StaffAction } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { type FieldFault, Refusal } from '../../errors.ts';
import type { ModelRules, Values } from '../../http/index.ts';

/** The models that staff write through the data API, with the action that says who may and stands in the audit log. */
export const STAFF_WRITES: Readonly<Record<string, StaffAction>> = {
  FeatureFlag: 'FEATURE_FLAG_UPDATE',
  SystemAlert: 'SYSTEM_ALERT_UPDATE',
  AiTool: 'CATALOGUE_PUBLISH',
  ExampleConversation: 'CATALOGUE_PUBLISH',
  PlatformMetric: 'SYSTEM_CONFIG_UPDATE',
};

const READ_ONLY = 'Staff read it here, and write where its rules are.';

/** The rules of staff's data API: those of the platform's own models; every other one is only read. */
export function staffRules(models: readonly string[]): ModelRules[] {
  return [
    ...RULES,
    ...models
      .filter((model) => !(model in STAFF_WRITES))
      .map((model) => ({ model, refuses: { create: READ_ONLY, update: READ_ONLY, delete: READ_ONLY } })),
  ];
}

const AUTHOR = { createdById: 'It is whoever makes it.' };
const byMe = (db: Db, values: Values): Values => ({ ...values, createdById: db.$tenant.userId });

const RULES: readonly ModelRules[] = [
  {
    model: 'FeatureFlag',
    closed: AUTHOR,
    create: async (db, values) => {
      await requireTargets(db, values);
      requireConditions(values.conditions);
      return byMe(db, values);
    },
    update: async (db, _, changes) => {
      await requireTargets(db, changes);
      requireConditions(changes.conditions);
      return changes;
    },
  },
  {
    model: 'SystemAlert',
    closed: { ...AUTHOR, viewCount: 'Readers make it.', dismissCount: 'Readers make it.' },
    create: async (db, values) => {
      await requireTargets(db, values);
      return byMe(db, values);
    },
    // What is archived is shown to nobody.
    update: async (db, _, changes) => {
      await requireTargets(db, changes);
      return changes.isArchived === true ? { ...changes, isActive: false } : changes;
    },
  },
];

/** @throws Refusal `TARGET_UNKNOWN`: a name that reaches nobody is a mistake */
async function requireTargets(db: Db, { targetOrgs, targetUsers }: Values): Promise<void> {
  const idsOf = (value: unknown) => [...new Set((Array.isArray(value) ? value : []) as string[])];
  const [organizations, people] = [idsOf(targetOrgs), idsOf(targetUsers)];
  const fields: FieldFault[] = [];
  if (
    organizations.length > 0 &&
    (await db.organization.count({ where: { id: { in: organizations } } })) < organizations.length
  )
    fields.push({ field: 'targetOrgs', code: 'TARGET_UNKNOWN', message: 'names no organization' });
  if (people.length > 0 && (await db.user.count({ where: { id: { in: people } } })) < people.length)
    fields.push({ field: 'targetUsers', code: 'TARGET_UNKNOWN', message: 'names nobody' });
  if (fields.length > 0)
    throw new Refusal(
      'invalid',
      'TARGET_UNKNOWN',
      'A target does not exist.',
      'Give ids of those there are.',
      {
        fields,
      },
    );
}

const CONDITIONS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  min_version: (v) =>
    typeof v === 'string' && /^\d{1,6}(\.\d{1,6}){0,3}$/.test(v) ? undefined : 'is a version such as 2.4.1',
  countries: (v) =>
    Array.isArray(v) && v.every((c) => typeof c === 'string' && /^[A-Z]{2}$/.test(c))
      ? undefined
      : 'is a list of countries (ISO 3166-1), such as ["US"]',
  starts_at: (v) => moment(v),
  ends_at: (v) => moment(v),
};

const moment = (v: unknown) =>
  typeof v === 'string' &&
  /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(v) &&
  !Number.isNaN(Date.parse(v))
    ? undefined
    : 'is a moment such as 2027-01-31T12:00:00Z';

/** A condition that cannot be read never holds, so that the flag would be off without anybody knowing why. */
function requireConditions(conditions: unknown): void {
  if (conditions === undefined || conditions === null) return;
  const fields = Object.entries(conditions as object).flatMap(([name, value]): FieldFault[] => {
    const said = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name]!(value) : 'is no condition';
    return said ? [{ field: `conditions.${name}`, code: 'CONDITION_INVALID', message: said }] : [];
  });
  if (fields.length > 0)
    throw new Refusal(
      'invalid',
      'CONDITION_INVALID',
      'A condition of the flag cannot be read.',
      'Conditions are min_version, countries, starts_at and ends_at.',
      { fields },
    );
}
