import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf } from '../../../api/client.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem } from '../../../api/problem.ts';
import { useStale } from '../../../api/records.ts';
import { words } from '../../../ui/format.ts';
import { tellProblem, tellUndo } from '../../../ui/toast.tsx';
import { activities, deals } from '../collections.ts';
import { type Board, type DealStageInput, moved, stageOf } from './board-data.ts';

export const BOARD_KEY = ['deals', 'board'] as const;

/** Moves a deal to a stage: seen at once, put back where the server refuses, undone on request. */
export function useMoveDeal(): (input: DealStageInput, quiet?: boolean) => void {
  const { slug, api } = useOrganization();
  const client = useQueryClient();
  const key = [slug, 'view', ...BOARD_KEY];
  const stale = useStale(deals, activities);
  const move = useMutation({
    mutationFn: ({ dealId, ...body }: DealStageInput) =>
      bodyOf(api.POST('/deals/{dealId}/stage', { params: { path: { dealId } }, body })),
    onMutate: async ({ dealId, stage }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Board>(key);
      client.setQueryData<Board>(key, (board) => board && moved(board, dealId, stage));
      return { before };
    },
    onError: (error, _input, context) => {
      if (context?.before) client.setQueryData(key, context.before);
      tellProblem(asProblem(error));
    },
    onSettled: stale,
  });
  const start = (input: DealStageInput, quiet = false) => {
    const board = client.getQueryData<Board>(key);
    const from = input.expectedStage ?? (board && stageOf(board, input.dealId));
    if (from === input.stage) return;
    move.mutate(input, {
      onSuccess: () => {
        // A lost deal would need its reason again, and what is won has its day of closing.
        if (quiet || !from || from.startsWith('CLOSED')) return;
        tellUndo(`Moved to ${words(input.stage).toLowerCase()}`, () =>
          start({ dealId: input.dealId, stage: from, expectedStage: input.stage }, true),
        );
      },
    });
  };
  return start;
}
