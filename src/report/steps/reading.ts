import { randomUUID } from 'node:crypto';
import { connectTo } from '../../database/client.ts';
import { type BoundaryModel, signContext, type TenantContext } from '../../tenancy/index.ts';
import { type Outcome, readModels } from '../read-models.ts';
import type { ReportContext, Step } from '../step.ts';

/**
 * Every model is read through the generated client as the application role, under a signed context; the tables that
 * are declared closed to it must refuse.
 */
export const reading: Step = {
  name: 'reading',
  section: 'database',
  after: ['prisma generate'],
  async run(context) {
    const { models, roles } = context.boundary();
    const open = models.filter((m) => m.grants.some((g) => g.role === roles.app && g.privilege === 'select'));
    const closed = models.filter((m) => !open.includes(m));
    const who = await somebody(context);
    const token = signContext(who.context, context.key);
    const outcomes = await readModels(
      context.database.urls.app,
      token,
      [...open, ...closed].map((m) => m.model),
    );
    const wrong = models.flatMap((model) => issueOf(model, open.includes(model), outcomes.get(model.model)));
    const count = (wanted: Outcome['kind']) => [...outcomes.values()].filter((o) => o.kind === wanted).length;
    return {
      detail: `${count('read')} read as ${roles.app} ${who.where}, ${count('refused')} refused as declared`,
      issues: wrong,
    };
  },
};

function issueOf({ model, table }: BoundaryModel, open: boolean, outcome: Outcome | undefined) {
  if (outcome?.kind === (open ? 'read' : 'refused')) return [];
  const message =
    outcome?.kind === 'read'
      ? `${model} (${table}) can be read by the application role, which is declared not to.`
      : `${model} (${table}) cannot be read through the generated client: ${outcome?.kind === 'failed' ? outcome.message : 'permission denied'}`;
  return [{ message, remedy: 'npm run db:check-rls and npm run db:sync name the cause' }];
}

/**
 * The oldest customer and its first owner. In a database without organizations an id that nobody has: every read is the
 * same, it only finds nothing. (The application role cannot make an organization without a person who exists.)
 */
async function somebody({ database }: ReportContext): Promise<{ context: TenantContext; where: string }> {
  const client = await connectTo(database.urls.platform);
  try {
    const { rows } = await client.query<{ organization: string; name: string; user: string; role: string }>(
      `SELECT o.id AS organization, o.name, m.user_id AS user, m.role::text AS role
       FROM public.organizations o JOIN public.organization_members m ON m.organization_id = o.id AND m.left_at IS NULL
       WHERE o.archived_at IS NULL ORDER BY o.is_platform, o.created_at, o.id, m.role, m.joined_at LIMIT 1`,
    );
    const [found] = rows;
    if (!found) {
      return {
        context: { organization: randomUUID(), user: randomUUID(), role: 'OWNER' },
        where: 'for an organization not made yet',
      };
    }
    const { organization, user, role, name } = found;
    return { context: { organization, user, role }, where: `for “${name}”` };
  } finally {
    await client.end();
  }
}
