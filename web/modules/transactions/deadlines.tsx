import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { day, words } from '../../ui/format.ts';
import type { LoopOverview } from './use-loop.ts';

/** What is due and when. */
export function Deadlines({ shown }: { readonly shown: LoopOverview }): ReactNode {
  return (
    <Card title="Deadlines">
      {shown.deadlines.length === 0 ? (
        <p className="text-faint">None</p>
      ) : (
        <ul className="space-y-3">
          {shown.deadlines.map((deadline) => (
            <li key={`${deadline.kind} ${deadline.id}`}>
              <p className="font-medium break-words">{deadline.title}</p>
              <p className="flex items-center gap-2 text-sm text-soft">
                {words(deadline.kind)} · {day(deadline.due)}
                {deadline.overdue && <Badge tone="bad">Overdue</Badge>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
