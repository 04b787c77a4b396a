import { answer, recordOf, route, z } from '../../http/index.ts';
import { dismissAlert, myAlerts, myFeatureFlags } from './alerts.ts';
import { markAllRead, markRead, myNotifications, unreadCount } from './notifications.ts';
import { id, moment, pageSchema, paging } from './route-shapes.ts';

// What belongs to one member only may be done by whoever may read.
const permission = 'workspace:read';

const alert = z.object({
  id,
  title: z.string(),
  message: z.string(),
  level: z.string(),
  category: z.string(),
  isDismissible: z.boolean(),
  autoHideAfter: z.int().nullable().describe('seconds'),
});

export const notificationRoutes = [
  route({
    method: 'get',
    path: '/notifications',
    operationId: 'listMyNotifications',
    summary: 'My notifications, newest first',
    permission,
    query: z.object({ ...paging, unread: z.stringbool().optional().describe('Only those not read.') }),
    answers: { 200: { description: 'A page.', schema: pageSchema(recordOf('Notification')) } },
    refusals: { CURSOR_INVALID: 'The cursor is not one that a page gave.' },
    handler: ({ db, query }) => myNotifications(db, query),
  }),
  route({
    method: 'get',
    path: '/notifications/unread-count',
    operationId: 'countMyUnreadNotifications',
    summary: 'How many notifications I have not read',
    permission,
    answers: { 200: { description: 'The count.', schema: z.object({ unread: z.int() }) } },
    handler: async ({ db }) => ({ unread: await unreadCount(db) }),
  }),
  route({
    method: 'post',
    path: '/notifications/{notificationId}/read',
    operationId: 'markNotificationRead',
    summary: 'Mark one of my notifications as read',
    permission,
    params: z.object({ notificationId: id }),
    answers: { 200: { description: 'The notification.', schema: recordOf('Notification') } },
    refusals: { NOTIFICATION_UNKNOWN: 'I have no such notification.' },
    handler: ({ db, params }) => markRead(db, params.notificationId),
  }),
  route({
    method: 'post',
    path: '/notifications/read-all',
    operationId: 'markAllNotificationsRead',
    summary: 'Mark all my notifications up to a moment as read',
    permission,
    body: z.strictObject({
      upTo: moment.describe('`createdAt` of the newest notification that was shown.'),
    }),
    answers: { 200: { description: 'How many were marked.', schema: z.object({ marked: z.int() }) } },
    handler: async ({ db, body }) => ({ marked: await markAllRead(db, body.upTo) }),
  }),
  route({
    method: 'get',
    path: '/alerts',
    operationId: 'listMyAlerts',
    summary: 'Notices of the platform that are in force for me',
    permission,
    answers: { 200: { description: 'Newest first.', schema: z.object({ items: z.array(alert) }) } },
    handler: async ({ db }) => ({ items: await myAlerts(db) }),
  }),
  route({
    method: 'post',
    path: '/alerts/{alertId}/dismiss',
    operationId: 'dismissAlert',
    summary: 'Dismiss a notice for me',
    permission,
    params: z.object({ alertId: id }),
    answers: { 204: { description: 'It is dismissed.' } },
    refusals: { ALERT_UNKNOWN: 'There is no such notice.', ALERT_STAYS: 'It cannot be dismissed.' },
    handler: async ({ db, params }) => {
      await dismissAlert(db, params.alertId);
      return answer(204);
    },
  }),
  route({
    method: 'get',
    path: '/feature-flags',
    operationId: 'listMyFeatureFlags',
    summary: 'Switches of the platform, evaluated for me',
    permission,
    query: z.object({
      environment: z.enum(['DEVELOPMENT', 'STAGING', 'PRODUCTION']).default('PRODUCTION'),
      version: z
        .string()
        .regex(/^\d{1,6}(\.\d{1,6}){0,3}$/)
        .optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
    answers: { 200: { description: 'By name.', schema: z.record(z.string(), z.boolean()) } },
    handler: ({ db, query }) =>
      myFeatureFlags(db, {
        environment: query.environment,
        ...(query.version ? { version: query.version } : {}),
        ...(query.country ? { country: query.country } : {}),
      }),
  }),
];
