import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { type Notification, Prisma } from '../../generated/prisma/client.ts';
import type { NotificationType } from '../../generated/prisma/enums.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './keyset.ts';
import { actingPerson } from './people.ts';

export interface NewNotification {
  /** `users.id` of a member. */
  readonly to: string;
  readonly kind?: NotificationType;
  readonly title: string;
  readonly message: string;
  /** A path inside the application: `/tasks/…`. */
  readonly actionUrl?: string;
  readonly entity?: { readonly type: string; readonly id: string };
  readonly payload?: Readonly<Record<string, unknown>>;
  /** A repeated event with the same key notifies a person once. */
  readonly dedupeKey?: string;
}

/**
 * Notifies a member, in the transaction of `db`. Twice, or two at once, with the same dedupe key give one notification;
 * without a key each call gives one.
 * @returns its id; null where the member has left or was notified of this already
 * @throws Refusal `NOT_A_MEMBER` for who never was a member
 */
export async function notify(db: Db, input: NewNotification): Promise<string | null> {
  const known = await db.organizationMember.count({ where: { userId: input.to } });
  if (known === 0)
    throw new Refusal(
      'missing',
      'NOT_A_MEMBER',
      'This person is not a member of the organization.',
      'Notifications go to members only.',
    );
  const [row] = await db.$queryRaw<{ id: string | null }[]>`
    SELECT app.notify(${input.to}::uuid, ${input.kind ?? 'INFO'}::notification_type, ${shorten(input.title, 255)},
      ${shorten(input.message, 4000)}, ${input.actionUrl ?? null}::text, ${input.entity?.type ?? null}::text,
      ${input.entity?.id ?? null}::uuid, ${input.payload ? JSON.stringify(input.payload) : null}::jsonb,
      ${input.dedupeKey ?? null}::text) AS id`;
  return row!.id;
}

/** Titles are made from names of other records, which may be as long as the column; the event must not fail for it. */
const shorten = (text: string, most: number) => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
};

/** The notifications of the person who asks, newest first. */
export async function myNotifications(
  db: Db,
  { unread = false, limit, cursor }: PageRequest & { readonly unread?: boolean | undefined },
): Promise<Page<Notification>> {
  const { at, id } = readCursor(cursor);
  const rows = await db.$queryRaw<{ id: string; at: string }[]>`
    SELECT id, created_at::text AS at FROM notifications
    WHERE user_id = ${actingPerson(db)}::uuid AND ${unread ? Prisma.sql`read_at IS NULL` : Prisma.sql`true`}
      AND (created_at, id) < (${at}::timestamptz, ${id}::uuid)
    ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}::integer`;
  return pageOf(rows, limit, (ids) => db.notification.findMany({ where: { id: { in: ids } } }));
}

/** How many notifications the person who asks has not read. */
export function unreadCount(db: Db): Promise<number> {
  return db.notification.count({ where: { userId: actingPerson(db), readAt: null } });
}

/**
 * Marks one of my notifications as read. The first moment stays, however often it is marked.
 * @throws Refusal `NOTIFICATION_UNKNOWN`, also for the notifications of others
 */
export async function markRead(db: Db, id: string): Promise<Notification> {
  const userId = actingPerson(db);
  await db.notification.updateMany({ where: { id, userId, readAt: null }, data: { readAt: new Date() } });
  const found = await db.notification.findFirst({ where: { id, userId } });
  if (found) return found;
  throw new Refusal(
    'missing',
    'NOTIFICATION_UNKNOWN',
    'There is no such notification.',
    'It may be deleted; load the list again.',
  );
}

/**
 * Marks as read what the person has been shown: all of theirs up to a moment, so that one that arrives meanwhile stays unread.
 * The moment is of milliseconds, as answers show it, and includes all that happened within its millisecond.
 * @returns how many were marked
 */
export function markAllRead(db: Db, upTo: Date): Promise<number> {
  return db.$executeRaw`
    UPDATE notifications SET read_at = now(), updated_at = now()
    WHERE user_id = ${actingPerson(db)}::uuid AND read_at IS NULL
      AND created_at < ${upTo}::timestamptz + interval '1 millisecond'`;
}
