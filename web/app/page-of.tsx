import { lazyRouteComponent } from '@tanstack/react-router';
import type { FC } from 'react';
import { useOrganization } from '../api/organization.tsx';
import { Forbidden } from './forbidden.tsx';
import type { ModulePage, WebModule } from './module.ts';
import { OfferPage } from './offer-page.tsx';

/** A module’s page as the router has it: only for who may, and with what the plan includes. */
export function pageOf(module: WebModule, page: ModulePage): FC {
  const Lazy = lazyRouteComponent(page.load as never, 'Page') as FC & { preload?: () => unknown };
  function Guarded() {
    const { can, includes } = useOrganization();
    if (!can(page.permission)) return <Forbidden permission={page.permission!} />;
    if (!includes(page.feature))
      return <OfferPage offer={module.offers?.find((o) => o.feature === page.feature)} />;
    return <Lazy />;
  }
  return Object.assign(Guarded, { preload: () => Lazy.preload?.() });
}
