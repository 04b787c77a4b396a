export { type DataApi, type DataApiOptions, dataApi } from './data-api.ts';
