export type { DataCall } from './client.ts';
export { type Access, type DataApi, type DataApiOptions, dataApi, serveCollections } from './data-api.ts';
export { mediaOf } from './media.ts';
export { type DataModel, dataModels, type ModelOptions } from './model.ts';
export { type DataOpenApi, dataOpenApi } from './openapi.ts';
export type { Asker } from './statement.ts';
