export type { Change } from './change.ts';
export type { Logger } from './listener.ts';
export { type Live, type LiveOptions, openLive } from './live.ts';
export { livePaths } from './openapi.ts';
export { EVENTS_PATH, type LiveRoutesOptions, liveRoutes } from './routes.ts';
export { stillMember } from './still-member.ts';
export type { Check, LiveEvent, Subscriber, Subscription } from './subscription.ts';
