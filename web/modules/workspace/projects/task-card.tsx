import type { KeyboardEvent, ReactNode } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { classes } from '../../../ui/classes.ts';
import { day, words } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu.tsx';
import { PRIORITY_TONES, TASK_STATUSES, type Task, type TaskStatus } from './words.ts';

export interface TaskCardProps {
  readonly card: Pick<Task, 'id' | 'title' | 'status' | 'priority' | 'assignedToId' | 'dueDate'> & {
    readonly subtasks: { readonly total: number; readonly done: number };
  };
  readonly mayMove: boolean;
  readonly onOpen: () => void;
  readonly onMove: (status: TaskStatus) => void;
}

/** A task on the board; Shift with the arrow keys, or its menu, moves it on. */
export function TaskCard({ card, mayMove, onOpen, onMove }: TaskCardProps): ReactNode {
  const memberName = useMemberName();
  const at = TASK_STATUSES.findIndex((s) => s.value === card.status);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = TASK_STATUSES[at + step]?.value;
    if (!event.shiftKey || step === 0 || !next || !mayMove) return;
    event.preventDefault();
    onMove(next);
  };
  const late = card.dueDate !== null && card.dueDate < new Date().toISOString().slice(0, 10);
  const over = card.status === 'DONE' || card.status === 'CANCELLED';
  return (
    <li className="relative rounded-md border border-line bg-paper">
      <button
        type="button"
        aria-keyshortcuts="Shift+ArrowRight Shift+ArrowLeft"
        onClick={onOpen}
        onKeyDown={onKeyDown}
        className="block w-full rounded-md p-3 pr-9 text-left hover:bg-sunken"
      >
        <span className={classes('block font-medium break-words', over && 'text-soft line-through')}>
          {card.title}
        </span>
        <span className="mt-2 flex flex-wrap items-center gap-2 text-xs text-faint">
          {card.assignedToId && <Avatar name={memberName(card.assignedToId) || '?'} size="sm" />}
          {card.dueDate && (
            <span className={classes(late && !over && 'font-medium text-bad')}>{day(card.dueDate)}</span>
          )}
          {card.subtasks.total > 0 && (
            <span>
              {card.subtasks.done} of {card.subtasks.total} parts
            </span>
          )}
          <Badge tone={PRIORITY_TONES[card.priority]}>{words(card.priority)}</Badge>
        </span>
      </button>
      {mayMove && (
        <span className="absolute top-1 right-1">
          <Menu
            label={`Move ${card.title}`}
            items={TASK_STATUSES.filter((s) => s.value !== card.status).map((s) => ({
              label: s.label,
              onSelect: () => onMove(s.value),
            }))}
          />
        </span>
      )}
    </li>
  );
}
