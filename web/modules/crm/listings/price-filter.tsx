import { lazy, type ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { filterLook } from '../../../ui/filter-bar.tsx';
import { money } from '../../../ui/format.ts';
import type { ListState } from '../../../ui/list-state.ts';
import { OnDemand } from '../../../ui/on-demand.tsx';

const PriceMenu = lazy(() => import('./price-menu.tsx'));

/** Narrows listings by price. */
export function PriceFilter({ state }: { readonly state: ListState }): ReactNode {
  const { currency } = useOrganization();
  const [from, to] = [state.chosen.from?.[0] ?? '', state.chosen.to?.[0] ?? ''];
  const shown = [from && `from ${money(from, currency, true)}`, to && `to ${money(to, currency, true)}`];
  const chosen = shown.filter(Boolean).join(' ');
  return (
    <OnDemand
      className={filterLook(chosen !== '')}
      face={`Price${chosen && `: ${chosen}`}`}
      menu={PriceMenu}
      menuProps={{ state, from, to, currency }}
      popup="dialog"
    />
  );
}
