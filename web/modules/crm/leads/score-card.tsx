import type { ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useView } from '../../../api/view.ts';
import { Card } from '../../../ui/card.tsx';
import { words } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/states.tsx';
import type { Lead } from '../collections.ts';

/** Why a lead is as warm as it is, part by part. */
export function ScoreCard({ lead }: { readonly lead: Lead }): ReactNode {
  const { can, includes } = useOrganization();
  const open = includes('leadScoring') && can('crm:write');
  const score = useView({
    // The version is part of it: another lead has another score.
    key: ['lead-score', lead.id, lead.updatedAt],
    tables: [],
    load: (api, signal) =>
      api.POST('/leads/{leadId}/score', { params: { path: { leadId: lead.id } }, body: {} as never, signal }),
    enabled: open,
  });
  if (!open)
    return (
      <Card title={`Score ${lead.scoreValue} of 100`}>
        <p className="text-soft">
          {can('crm:write')
            ? 'Why a lead scores as it does is explained on plans with lead scoring.'
            : 'Members who may change leads see why it scores as it does.'}
        </p>
      </Card>
    );
  return (
    <Card title={`Score ${lead.scoreValue} of 100`}>
      <Loaded of={score}>
        {({ parts }) => (
          <ul className="space-y-3">
            {parts.map((part) => (
              <li key={part.name}>
                <p className="flex justify-between gap-2">
                  <span className="font-medium">{words(part.name)}</span>
                  <span className="tabular text-soft">
                    {part.points} / {part.of}
                  </span>
                </p>
                <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken">
                  <div className="h-full bg-accent" style={{ width: `${(100 * part.points) / part.of}%` }} />
                </div>
                <p className="mt-0.5 text-sm text-faint">{part.reason}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
