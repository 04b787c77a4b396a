export { STAFF_WRITES, staffRules } from './data.ts';
export { type Desk, openDesk } from './desk.ts';
export { type AnyStaffRoute, Reason } from './route.ts';
export { staffRoutes } from './routes.ts';
