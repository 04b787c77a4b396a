import { useDroppable } from '@dnd-kit/core';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { moneyShort, words } from '../../../ui/format.ts';
import type { BoardStage } from './board-data.ts';

/** A stage of the board with what stands in it. */
export function BoardColumn(props: { readonly stage: BoardStage; readonly children: ReactNode }): ReactNode {
  const { stage, count, sums, deals } = props.stage;
  const { setNodeRef, isOver } = useDroppable({ id: stage });
  return (
    <section
      ref={setNodeRef}
      aria-label={`${words(stage)}, ${count} deals`}
      className={classes(
        'flex w-72 shrink-0 snap-start flex-col rounded-lg bg-sunken',
        isOver && 'outline-2 outline-accent',
      )}
    >
      <header className="flex items-baseline gap-2 px-3 pt-3 pb-2">
        <h2 className="font-semibold">{words(stage)}</h2>
        <span className="tabular text-sm text-faint">{count}</span>
        <span className="tabular ml-auto text-sm text-soft">
          {sums.map((sum) => moneyShort(sum.value, sum.currency)).join(' + ')}
        </span>
      </header>
      <ul className="scroll-thin min-h-24 flex-1 space-y-2 overflow-y-auto px-2 pb-2">{props.children}</ul>
      {count > deals.length && (
        <p className="px-3 pb-2 text-xs text-faint">{count - deals.length} more in the list of deals</p>
      )}
    </section>
  );
}
