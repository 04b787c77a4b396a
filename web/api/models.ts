import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Model } from './client.ts';

export type Models = Model<'Models'>['models'];
export type SchemaModel = Models[number];
export type SchemaField = SchemaModel['fields'][number];

/** All models as the server has them; they change with its version alone. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => bodyOf<{ models: Models }>(api.GET('/v1/models', { signal }) as never),
  staleTime: Number.POSITIVE_INFINITY,
});

export const useModels = () => useQuery(modelsQuery);
