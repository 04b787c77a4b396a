import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export type BadgeTone = 'neutral' | 'accent' | 'info' | 'warn' | 'bad' | 'good' | 'violet';

const TONES: Record<BadgeTone, string> = {
  neutral: 'bg-sunken text-soft',
  accent: 'bg-accent-soft text-accent-strong',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  good: 'bg-good-soft text-good',
  violet: 'bg-violet-soft text-violet',
};

/** A state in a word. */
export function Badge(props: { readonly tone?: BadgeTone; readonly children: ReactNode }): ReactNode {
  return (
    <span
      className={classes(
        'inline-flex max-w-full items-center truncate rounded-sm px-1.5 py-0.5 text-xs font-medium',
        TONES[props.tone ?? 'neutral'],
      )}
    >
      {props.children}
    </span>
  );
}
