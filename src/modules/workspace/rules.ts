import { Refusal } from '../../errors.ts';
import type { ModelRules } from '../../http/index.ts';
import { projectRules } from './project-rules.ts';
import { taskRules } from './task-rules.ts';

const WRITTEN_FOR = 'A notification says what happened and is written along with it.';

/** Nobody writes to others in the name of the application; my own I can mark as read or unread, and delete. */
const notificationRules: ModelRules = {
  model: 'Notification',
  closed: Object.fromEntries(
    ['userId', 'type', 'title', 'message', 'actionUrl', 'entityType', 'entityId', 'payload', 'dedupeKey'].map(
      (field) => [field, WRITTEN_FOR],
    ),
  ),
  refuses: { create: WRITTEN_FOR },
  // The moment is ours, and the first one stays.
  update: async (_db, before, changes) =>
    changes.readAt ? { ...changes, readAt: before.readAt ?? new Date() } : changes,
  remove: async (_db, before) => {
    if (before.entityType !== 'reid_alert' && before.entityType !== 'system_alert') return;
    throw new Refusal(
      'conflict',
      'ALERT_HISTORY',
      'Notifications of alerts are the history of the alert and stay.',
      'Mark it as read instead.',
    );
  },
};

const STAYS = 'It is history that later bills and questions rest on; it stays as it was written.';

const usageRules: ModelRules = {
  model: 'UsageTracking',
  refuses: { create: 'Use is recorded by what is used.', update: STAYS, delete: STAYS },
};

const activityRules: ModelRules = {
  model: 'ActivityLog',
  refuses: { create: 'The log is written along with each change.', update: STAYS, delete: STAYS },
};

export const rules: readonly ModelRules[] = [
  projectRules,
  taskRules,
  notificationRules,
  usageRules,
  activityRules,
];
