import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { initials, toneOf } from './initials.ts';

const TONES = [
  'bg-accent-soft text-accent-strong',
  'bg-info-soft text-info',
  'bg-warn-soft text-warn',
  'bg-violet-soft text-violet',
  'bg-bad-soft text-bad',
];

/** A person by the initials; the name stands beside it or is its label elsewhere. */
export function Avatar({
  name,
  size = 'md',
}: {
  readonly name: string;
  readonly size?: 'sm' | 'md' | 'lg';
}): ReactNode {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={classes(
        // Drawn by the style sheet: it is a picture of the name, not text beside it.
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none before:content-[attr(data-initials)]',
        size === 'sm' ? 'size-7 text-xs' : size === 'md' ? 'size-9 text-sm' : 'size-12 text-lg',
        TONES[toneOf(name, TONES.length)],
      )}
    />
  );
}
