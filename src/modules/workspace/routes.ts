import type { AnyRoute } from '../../http/index.ts';
import { notificationRoutes } from './notification-routes.ts';
import { projectRoutes } from './project-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { taskRoutes } from './task-routes.ts';

export const routes: readonly AnyRoute[] = [
  ...projectRoutes,
  ...taskRoutes,
  ...notificationRoutes,
  ...recordRoutes,
];
