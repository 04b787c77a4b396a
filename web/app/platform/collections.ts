import type { Model } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';

export const featureFlags = collection<'StaffFeatureFlag'>('feature-flags');
export const systemAlerts = collection<'StaffSystemAlert'>('system-alerts');
export const platformMetrics = collection<'StaffPlatformMetric'>('platform-metrics');

export type FeatureFlag = Model<'StaffFeatureFlag'>;
export type SystemAlert = Model<'StaffSystemAlert'>;
export type PlatformMetric = Model<'StaffPlatformMetric'>;
