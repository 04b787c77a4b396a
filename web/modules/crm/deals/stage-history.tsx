import type { ReactNode } from 'react';
import { useView } from '../../../api/view.ts';
import { words } from '../../../ui/format.ts';
import { Ago } from '../../../ui/time.tsx';

/** How a deal came to where it stands. */
export function StageHistory({ dealId }: { readonly dealId: string }): ReactNode {
  const { data } = useView({
    key: ['deals', dealId, 'history'],
    tables: ['deals', 'activities'],
    load: (api, signal) => api.GET('/deals/{dealId}/history', { params: { path: { dealId } }, signal }),
  });
  if (!data || data.stages.length === 0) return null;
  return (
    <ol className="mt-3 space-y-1.5 border-t border-line pt-3 text-sm">
      {data.stages.toReversed().map((step) => (
        <li key={step.at} className="flex justify-between gap-3">
          <span>{words(step.to)}</span>
          <span className="text-faint">
            <Ago at={step.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
