import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../../ui/classes.ts';
import { time } from '../../../ui/format.ts';
import type { Appointment } from '../collections.ts';
import { addDays, placeDay, sameDay } from './week.ts';

const HOUR = 48;
const HOURS = Array.from({ length: 24 }, (_, i) => i);
const DAYS = [0, 1, 2, 3, 4, 5, 6];

export interface WeekViewProps {
  readonly monday: Date;
  readonly appointments: readonly Appointment[];
  readonly onOpen: (appointment: Appointment) => void;
  /** Begins a new one at a time; not there for who may not. */
  readonly onMake?: ((at: Date) => void) | undefined;
}

/** A week as columns of hours. */
export function WeekView({ monday, appointments, onOpen, onMake }: WeekViewProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each week begins in the morning
  useEffect(() => {
    scroller.current?.scrollTo({ top: 8 * HOUR - 12 });
  }, [monday]);
  const spans = appointments.map((a) => ({ ...a, start: new Date(a.startTime), end: new Date(a.endTime) }));
  const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });
  const hourName = new Intl.DateTimeFormat(undefined, { hour: 'numeric' });
  const today = new Date();
  return (
    <section
      ref={scroller}
      aria-label="Week"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
      tabIndex={0}
      className="scroll-thin relative min-h-0 flex-1 overflow-auto rounded-lg border border-line bg-paper"
    >
      <div className="sticky top-0 z-10 grid min-w-[46rem] grid-cols-[3.5rem_repeat(7,1fr)] border-b border-line bg-paper">
        <span />
        {DAYS.map((i) => {
          const day = addDays(monday, i);
          return (
            <span
              key={i}
              className={classes(
                'px-2 py-2 text-sm',
                sameDay(day, today) ? 'font-semibold text-accent' : 'text-soft',
              )}
            >
              {weekday.format(day)}
            </span>
          );
        })}
      </div>
      <div
        className="relative grid min-w-[46rem] grid-cols-[3.5rem_repeat(7,1fr)]"
        style={{ height: 24 * HOUR }}
      >
        <div aria-hidden>
          {HOURS.map((hour) => (
            <div
              key={hour}
              style={{ height: HOUR }}
              className="pr-2 text-right text-xs whitespace-nowrap text-faint"
            >
              {hour > 0 && (
                <span className="relative -top-2">{hourName.format(new Date(2000, 0, 1, hour))}</span>
              )}
            </div>
          ))}
        </div>
        {DAYS.map((i) => {
          const day = addDays(monday, i);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: a new one is made by the button and by its key too
            // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse
            <div
              key={i}
              className="relative border-l border-line"
              style={{
                backgroundImage: `repeating-linear-gradient(to bottom, transparent 0 ${HOUR - 1}px, var(--line) ${HOUR - 1}px ${HOUR}px)`,
              }}
              onClick={(event) => {
                if (event.target !== event.currentTarget) return;
                const hour = Math.floor(event.nativeEvent.offsetY / HOUR);
                onMake?.(new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour));
              }}
            >
              {placeDay(day, spans).map(({ item, from, to, column, columns }) => (
                <button
                  key={item.id}
                  type="button"
                  onClick={() => onOpen(item)}
                  className={classes(
                    'absolute overflow-hidden rounded-md border-l-3 px-1.5 py-0.5 text-left text-xs',
                    item.status === 'CANCELLED' || item.status === 'NO_SHOW'
                      ? 'border-line-strong bg-sunken text-faint line-through'
                      : 'border-accent bg-accent-soft text-accent-strong hover:brightness-95',
                  )}
                  style={{
                    top: (from / 60) * HOUR + 1,
                    height: Math.max(20, ((to - from) / 60) * HOUR - 2),
                    left: `calc(${(100 * column) / columns}% + 2px)`,
                    width: `calc(${100 / columns}% - 4px)`,
                  }}
                >
                  <span className="block truncate font-medium">{item.title}</span>
                  <span className="block truncate">
                    {time(item.start)} {item.location}
                  </span>
                </button>
              ))}
            </div>
          );
        })}
      </div>
    </section>
  );
}
