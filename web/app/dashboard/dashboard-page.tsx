import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { useMe } from '../../api/session.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
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
      <div className="grid gap-4 lg:grid-cols-2">
        {panels
          .filter((panel) => can(panel.permission))
          .map(({ Panel, width, order }) => (
            <div key={order} className={width === 'full' ? 'min-w-0 lg:col-span-2' : 'min-w-0'}>
              <Suspense fallback={<SkeletonRows rows={4} />}>
                <Panel />
              </Suspense>
            </div>
          ))}
      </div>
    </PageFrame>
  );
}
