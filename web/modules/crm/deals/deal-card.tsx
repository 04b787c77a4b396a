import { useDraggable } from '@dnd-kit/core';
import { useNavigate } from '@tanstack/react-router';
import type { KeyboardEvent, ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { Avatar } from '../../../ui/avatar.tsx';
import { classes } from '../../../ui/classes.ts';
import { day, money } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu.tsx';
import type { BoardDeal } from './board-data.ts';
import { STAGES, type Stage } from './deal-words.ts';

export interface DealCardProps {
  readonly deal: BoardDeal;
  readonly stage: Stage;
  readonly agent: string;
  readonly mayMove: boolean;
  readonly onMove: (stage: Stage) => void;
}

/** A deal on the board. It is dragged, or moved by Shift with the arrow keys, or by its menu. */
export function DealCard({ deal, stage, agent, mayMove, onMove }: DealCardProps): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const { setNodeRef, listeners, transform, isDragging } = useDraggable({ id: deal.id, disabled: !mayMove });
  const open = () => void navigate({ to: pathTo(`deals/${deal.id}`) as never });
  const at = STAGES.findIndex((s) => s.value === stage);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') open();
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = STAGES[at + step]?.value;
    if (!event.shiftKey || step === 0 || !next || !mayMove) return;
    event.preventDefault();
    onMove(next);
  };
  const overdue =
    deal.expectedCloseDate !== null && deal.expectedCloseDate < new Date().toISOString().slice(0, 10);
  return (
    <li
      ref={setNodeRef}
      className={classes(
        'relative touch-manipulation rounded-md border border-line bg-paper',
        isDragging && 'z-20 shadow-pop',
      )}
      style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined}
    >
      <button
        type="button"
        {...listeners}
        aria-keyshortcuts="Shift+ArrowRight Shift+ArrowLeft"
        onClick={open}
        onKeyDown={onKeyDown}
        className="block w-full rounded-md p-3 pr-9 text-left hover:bg-sunken"
      >
        <span className="block font-medium break-words">{deal.title}</span>
        <span className="tabular mt-1 block text-soft">{money(deal.value, deal.currency, true)}</span>
        <span className="mt-2 flex items-center gap-2 text-xs text-faint">
          {agent && <Avatar name={agent} size="sm" />}
          <span className={classes(overdue && !stage.startsWith('CLOSED') && 'font-medium text-bad')}>
            {deal.expectedCloseDate ? day(deal.expectedCloseDate) : 'No date'}
          </span>
          <span className="ml-auto">{deal.probability} %</span>
        </span>
      </button>
      <span className="absolute top-1 right-1">
        <Menu
          label={`Move ${deal.title}`}
          items={
            mayMove
              ? STAGES.filter((s) => s.value !== stage).map((s) => ({
                  label: `To ${s.label.toLowerCase()}`,
                  onSelect: () => onMove(s.value),
                }))
              : []
          }
        />
      </span>
    </li>
  );
}
