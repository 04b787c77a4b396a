import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

const LOOKS = {
  info: ['border-info/40 bg-info-soft', 'text-info', Info],
  good: ['border-good/40 bg-good-soft', 'text-good', CircleCheck],
  warn: ['border-warn/40 bg-warn-soft', 'text-warn', TriangleAlert],
  bad: ['border-bad/40 bg-bad-soft', 'text-bad', TriangleAlert],
} as const;

export interface NoticeProps {
  readonly tone: keyof typeof LOOKS;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Something to know before going on. */
export function Notice({ tone, title, children, action }: NoticeProps): ReactNode {
  const [box, ink, Icon] = LOOKS[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classes('flex gap-2.5 rounded-md border px-3 py-2.5', box)}
    >
      <Icon aria-hidden size={18} className={classes('mt-0.5 shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{title}</p>
        {children && <div className="text-sm text-soft">{children}</div>}
      </div>
      {action}
    </div>
  );
}
