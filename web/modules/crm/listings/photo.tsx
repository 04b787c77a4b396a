import { House } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';

/** The photo of a listing, or the place where it will be. */
export function Photo(props: {
  readonly src: string | undefined;
  readonly alt: string;
  readonly className?: string;
}): ReactNode {
  const look = classes('block w-full bg-sunken object-cover', props.className);
  if (props.src)
    return <img src={props.src} alt={props.alt} loading="lazy" decoding="async" className={look} />;
  return (
    <span className={classes(look, 'flex items-center justify-center text-line-strong')}>
      <House aria-hidden size={32} strokeWidth={1.25} />
    </span>
  );
}
