import { ChevronsUpDown } from 'lucide-react';
import { lazy, type ReactNode } from 'react';
import { OnDemand } from '../../ui/on-demand.tsx';
import { Mark } from '../mark.tsx';

const OrganizationMenu = lazy(() => import('./organization-menu.tsx'));

/** The organization that is worked in, and the way into another. */
export function OrganizationSwitch({
  name,
  slug,
}: {
  readonly name: string;
  readonly slug: string;
}): ReactNode {
  return (
    <OnDemand
      label={`${name}: change organization`}
      className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-sunken"
      face={
        <>
          <Mark size={22} />
          <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>
          <ChevronsUpDown aria-hidden size={15} className="shrink-0 text-faint" />
        </>
      }
      menu={OrganizationMenu}
      menuProps={{ slug }}
    />
  );
}
