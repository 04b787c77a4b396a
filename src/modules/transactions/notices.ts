import type { Db } from '../../db.ts';

export interface Notice {
  readonly loopId: string;
  readonly title: string;
  readonly message: string;
  /** One notice per person and key, however often it is sent. */
  readonly key: string;
  readonly kind?: 'INFO' | 'SUCCESS' | 'WARNING';
}

/** Tells members, once each, within the transaction of `db`. Who has left is not told. */
export async function tell(db: Db, members: Iterable<string>, notice: Notice): Promise<void> {
  for (const member of new Set(members)) {
    await db.$queryRaw`
      SELECT app.notify(${member}::uuid, ${notice.kind ?? 'INFO'}::public.notification_type,
        ${notice.title.slice(0, 255)}, ${notice.message.slice(0, 4_000)}, ${`/transactions/${notice.loopId}`},
        'transaction_loop', ${notice.loopId}::uuid, NULL, ${notice.key})`;
  }
}

/** Members who have not left, by e-mail address in lower case: parties with an account. */
export async function membersByEmail(
  db: Db,
  emails: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (emails.length === 0) return new Map();
  const members = await db.organizationMember.findMany({
    where: { leftAt: null, user: { OR: emails.map((e) => ({ email: { equals: e, mode: 'insensitive' } })) } },
    select: { userId: true, user: { select: { email: true } } },
  });
  return new Map(members.map((m) => [m.user.email.toLowerCase(), m.userId]));
}
