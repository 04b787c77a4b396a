import { useAction } from '../../api/action.ts';
import { asProblem } from '../../api/problem.ts';
import { tellProblem, tellUndo } from '../../ui/toast.tsx';

export type Archivable = 'contacts' | 'leads' | 'customers' | 'deals' | 'listings';

interface Row {
  readonly id: string;
  readonly archivedAt: string | null;
}

/**
 * Archives a record or brings it back; either can be undone.
 * @param kind the collection
 * @param noun what a record of it is called, such as `contact`
 */
export function useArchive(
  kind: Archivable,
  noun: string,
): { readonly busy: boolean; toggle(row: Row): void } {
  const act = useAction([kind], (api, { id, on }: { id: string; on: boolean }) =>
    (api as never as { POST(path: string, o: object): Promise<{ data?: unknown }> }).POST(
      `/${kind}/${id}/${on ? 'archive' : 'unarchive'}`,
      { body: {} },
    ),
  );
  const set = (id: string, on: boolean) =>
    act.mutate(
      { id, on },
      {
        onSuccess: () => tellUndo(`The ${noun} is ${on ? 'archived' : 'brought back'}`, () => set(id, !on)),
        onError: (error) => tellProblem(asProblem(error)),
      },
    );
  return { busy: act.isPending, toggle: (row) => set(row.id, row.archivedAt === null) };
}
