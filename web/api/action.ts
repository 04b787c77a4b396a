import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type OrganizationApi } from './client.ts';
import { useOrganization } from './organization.tsx';

/**
 * Does what a module’s route does, then has everything read anew that is made of `tables`.
 * @param run such as `(api, id: string) => api.POST('/deals/{dealId}/stage', …)`
 */
export function useAction<Input, Output>(
  tables: readonly string[],
  run: (api: OrganizationApi, input: Input) => Promise<{ data?: Output }>,
): UseMutationResult<Output, Error, Input> {
  const { api } = useOrganization();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => bodyOf(run(api, input)),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ meta }) =>
          ((meta?.tables as string[] | undefined) ?? []).some((t) => tables.includes(t)),
      }),
  });
}
