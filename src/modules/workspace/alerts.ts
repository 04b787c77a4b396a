import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Environment } from '../../generated/prisma/enums.ts';
import { actingPerson } from './people.ts';

/** A notice from the platform that is in force for the person who asks. */
export interface Alert {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly level: string;
  readonly category: string;
  readonly isDismissible: boolean;
  /** Seconds until it hides by itself; null for never. */
  readonly autoHideAfter: number | null;
}

/** The platform's notices for me, newest first, without those I have dismissed. */
export function myAlerts(db: Db): Promise<Alert[]> {
  return db.$queryRaw`
    SELECT id, title, message, level::text AS level, category::text AS category, is_dismissible AS "isDismissible",
      auto_hide_after AS "autoHideAfter"
    FROM app.my_system_alerts()`;
}

/**
 * Dismisses a notice for me, in this organization. The record is a notification that is read; twice, or two at once, leave
 * one and keep the first moment.
 * @throws Refusal `ALERT_UNKNOWN`, `ALERT_STAYS`
 */
export async function dismissAlert(db: Db, id: string): Promise<void> {
  const userId = actingPerson(db);
  const alert = (await myAlerts(db)).find((one) => one.id === id.toLowerCase());
  if (!alert) {
    const dismissed = await db.notification.count({
      where: { userId, entityType: 'system_alert', entityId: id, readAt: { not: null } },
    });
    if (dismissed > 0) return;
    throw new Refusal(
      'missing',
      'ALERT_UNKNOWN',
      'There is no such notice.',
      'It may be over; load the notices again.',
    );
  }
  if (!alert.isDismissible)
    throw new Refusal('conflict', 'ALERT_STAYS', 'This notice cannot be dismissed.', 'It ends by itself.');
  await db.$executeRaw`
    INSERT INTO notifications AS note (user_id, type, title, message, entity_type, entity_id, dedupe_key, read_at)
    VALUES (${userId}::uuid, 'INFO', ${alert.title}, ${alert.message}, 'system_alert', ${alert.id}::uuid,
      ${`system_alert:${alert.id}`}, now())
    ON CONFLICT (organization_id, user_id, dedupe_key)
    DO UPDATE SET read_at = coalesce(note.read_at, excluded.read_at), updated_at = now()`;
}

/**
 * The switches of the platform, evaluated for me and this organization.
 * @param client its version (`1.4.0`) and the country (`US`), which some switches ask for
 */
export async function myFeatureFlags(
  db: Db,
  client: { readonly environment: Environment; readonly version?: string; readonly country?: string },
): Promise<Record<string, boolean>> {
  const rows = await db.$queryRaw<{ name: string; enabled: boolean }[]>`
    SELECT name, enabled FROM app.my_feature_flags(${client.environment}::environment,
      ${client.version ?? null}::text, ${client.country ?? null}::text)`;
  return Object.fromEntries(rows.map((row) => [row.name, row.enabled]));
}
