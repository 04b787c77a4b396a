export { analyticsRows, platformMetricRows } from './seed.ts';
