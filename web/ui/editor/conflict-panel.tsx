import { GitCompareArrows } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import type { Conflict } from './merge.ts';

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

export interface ConflictPanelProps {
  readonly conflicts: readonly Conflict[];
  /** What a field is called on this form. */
  readonly labelOf: (field: string) => string;
  readonly onDecide: (field: string, take: 'mine' | 'theirs') => void;
}

/** What somebody else changed in the same fields meanwhile; each is decided before anything is saved. */
export function ConflictPanel({ conflicts, labelOf, onDecide }: ConflictPanelProps): ReactNode {
  if (conflicts.length === 0) return null;
  return (
    <section
      role="alert"
      aria-label="Changed elsewhere"
      className="rounded-lg border border-warn/50 bg-warn-soft p-3 text-ink"
    >
      <p className="flex items-center gap-2 font-semibold">
        <GitCompareArrows aria-hidden size={17} className="text-warn" />
        This was changed elsewhere while you were typing
      </p>
      <ul className="mt-2 space-y-3">
        {conflicts.map(({ field, mine, theirs }) => (
          <li key={field}>
            <p className="font-medium">{labelOf(field)}</p>
            <p className="text-sm break-words">
              Saved meanwhile: <q>{shown(theirs)}</q>. Yours: <q>{shown(mine)}</q>.
            </p>
            <p className="mt-1.5 flex flex-wrap gap-2">
              <Button size="sm" onClick={() => onDecide(field, 'mine')}>
                Keep mine
              </Button>
              <Button size="sm" onClick={() => onDecide(field, 'theirs')}>
                Take theirs
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
