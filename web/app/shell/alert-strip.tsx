import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { type Alert, alertsQuery } from '../../api/alerts.ts';
import { useOrganization } from '../../api/organization.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';

/** The most pressing first. */
const LOOKS: Readonly<Record<string, readonly [string, typeof Info]>> = {
  ERROR: ['bg-bad-soft text-bad', TriangleAlert],
  WARNING: ['bg-warn-soft text-warn', TriangleAlert],
  SUCCESS: ['bg-good-soft text-good', CircleCheck],
  INFO: ['bg-info-soft text-info', Info],
};
const LEVELS = Object.keys(LOOKS);

/** What the platform has to say, one notice at a time, until it is put away. */
export function AlertStrip(): ReactNode {
  const { slug } = useOrganization();
  const { data } = useQuery(alertsQuery(slug));
  const [away, setAway] = useState<readonly string[]>([]);
  const dismiss = useAction(['alert_dismissals'], (api, alertId: string) =>
    api.POST('/alerts/{alertId}/dismiss', { params: { path: { alertId } } }),
  );
  const shown = (data?.items ?? [])
    .filter((a) => !away.includes(a.id))
    .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))[0];
  if (!shown) return null;
  const hide = () => setAway((ids) => [...ids, shown.id]);
  return (
    <Strip
      key={shown.id}
      alert={shown}
      onHide={hide}
      onDismiss={() => {
        hide();
        dismiss.mutate(shown.id);
      }}
    />
  );
}

interface StripProps {
  readonly alert: Alert;
  readonly onHide: () => void;
  readonly onDismiss: () => void;
}

function Strip({ alert, onHide, onDismiss }: StripProps): ReactNode {
  const { title, message, level, isDismissible, autoHideAfter } = alert;
  const [look, Icon] = LOOKS[level] ?? LOOKS.INFO!;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time runs once, from when it is first shown
  useEffect(() => {
    if (autoHideAfter === null) return;
    const timer = setTimeout(onHide, autoHideAfter * 1000);
    return () => clearTimeout(timer);
  }, [autoHideAfter]);
  return (
    <div role="status" className={classes('flex shrink-0 items-start gap-2 px-4 py-2 md:px-6', look)}>
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <p className="min-w-0 flex-1 text-sm">
        <strong className="font-semibold">{title}.</strong> {message}
      </p>
      {isDismissible && <IconButton icon={X} label={`Put away: ${title}`} size="sm" onClick={onDismiss} />}
    </div>
  );
}
