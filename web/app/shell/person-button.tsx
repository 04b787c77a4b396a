import { lazy, type ReactNode } from 'react';
import { useMe } from '../../api/session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { OnDemand } from '../../ui/on-demand.tsx';

const PersonMenu = lazy(() => import('./person-menu.tsx'));

/** Who is signed in. */
export function PersonButton({ slug }: { readonly slug?: string }): ReactNode {
  const me = useMe();
  const name = me.name ?? me.email;
  return (
    <OnDemand
      label={`${name}: account`}
      className="rounded-full p-1"
      face={<Avatar name={name} size="sm" />}
      menu={PersonMenu}
      menuProps={slug ? { slug } : {}}
    />
  );
}
