import { useIsFetching } from '@tanstack/react-query';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { useMe } from '../../api/session.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/states.tsx';
import type { DashboardPanel } from '../module.ts';
import { modules } from '../modules.ts';

interface LazyPanel extends DashboardPanel {
  readonly Panel: ComponentType;
}

const panels: readonly LazyPanel[] = modules
  .flatMap((m) => m.panels ?? [])
  .sort((a, b) => a.order - b.order)
  .map((panel) => ({ ...panel, Panel: lazy(() => panel.load().then(({ Panel }) => ({ default: Panel }))) }));

/** The first page of an organization: what waits today, as the modules tell it. */
export function Page(): ReactNode {
  const { name, can } = useOrganization();
  const me = useMe();
  const today = new Intl.DateTimeFormat(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format();
  return (
    <PageFrame title={`Hello, ${(me.name ?? me.email).split(' ')[0]}`} description={`${today} at ${name}`}>
      <Suspense fallback={<Outline />}>
        <Together outline={<Outline />}>
          {panels
            .filter((panel) => can(panel.permission))
            .map(({ Panel, width, order }) => (
              <div key={order} className={width === 'full' ? 'min-w-0 lg:col-span-2' : 'min-w-0'}>
                <Panel />
              </div>
            ))}
        </Together>
      </Suspense>
    </PageFrame>
  );
}

const GRID = 'grid gap-4 lg:grid-cols-2';
const PATIENCE = 2000;

/** Shows the panels once all of them have what they ask for, so that none moves while it is read; the slow do not keep the others. */
function Together(props: { readonly outline: ReactNode; readonly children: ReactNode }): ReactNode {
  const [shown, setShown] = useState(false);
  const waiting = useIsFetching({ predicate: (query) => query.state.status === 'pending' });
  useEffect(() => {
    // The panels have asked by now: effects of children run before those of their parents.
    const timer = setTimeout(() => setShown(true), waiting === 0 ? 0 : PATIENCE);
    return () => clearTimeout(timer);
  }, [waiting]);
  return (
    <>
      {!shown && props.outline}
      <div className={shown ? GRID : 'invisible h-0 overflow-hidden'}>{props.children}</div>
    </>
  );
}

function Outline(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className={GRID}>
      <Skeleton className="h-40 rounded-lg lg:col-span-2 lg:h-20" />
      {[1, 2, 3, 4].map((panel) => (
        <Skeleton key={panel} className="h-72 rounded-lg" />
      ))}
    </div>
  );
}
