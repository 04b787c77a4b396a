import { useAction } from '../../api/action.ts';
import type { Model } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useView } from '../../api/view.ts';
import { tellProblem } from '../../ui/toast.tsx';

/** Tables that a transaction is made of. */
export const LOOP_TABLES = [
  'transaction_loops',
  'loop_parties',
  'documents',
  'document_versions',
  'document_signatures',
  'signature_requests',
  'transaction_tasks',
  'workflows',
  'transaction_audit_logs',
];

export type LoopOverview = {
  readonly loop: Model<'TransactionLoop'>;
  readonly parties: readonly Model<'LoopParty'>[];
  readonly documents: readonly Model<'Document'>[];
  readonly signatureRequests: readonly { readonly id: string }[];
  readonly tasks: readonly Model<'TransactionTask'>[];
  readonly workflows: readonly Model<'Workflow'>[];
  readonly deadlines: readonly {
    readonly kind: 'task' | 'signature' | 'closing';
    readonly id: string;
    readonly title: string;
    readonly due: string;
    readonly overdue: boolean;
  }[];
};

/** Everything of a transaction at once. */
export function useLoop(loopId: string) {
  return useView<LoopOverview>({
    key: ['loops', loopId, 'overview'],
    tables: LOOP_TABLES,
    load: (api, signal) =>
      api.GET('/loops/{loopId}/overview', { params: { path: { loopId } }, signal }) as Promise<{
        data?: LoopOverview;
      }>,
  });
}

type Run<Input, Output> = Parameters<typeof useAction<Input, Output>>[1];

/** Does something with a transaction; a refusal is told. */
export function useLoopAction<Input, Output>(run: Run<Input, Output>) {
  const action = useAction(LOOP_TABLES, run);
  return {
    busy: action.isPending,
    send: action.mutateAsync,
    start: (input: Input, onSuccess?: (output: Output) => void) =>
      action.mutate(input, {
        onError: (error) => tellProblem(asProblem(error)),
        ...(onSuccess ? { onSuccess } : {}),
      }),
  };
}
