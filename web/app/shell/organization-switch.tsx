import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown, Plus, ShieldCheck } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useMe } from '../../api/session.ts';
import { words } from '../../ui/format.ts';
import { Mark } from '../mark.tsx';
import { POP, POP_ITEM } from './pop.ts';

/** Platform roles whose holders work for the platform (UserRole). */
const STAFF = new Set(['SUPER_ADMIN', 'ADMIN', 'MODERATOR']);

/** The organization that is worked in, and the way into another. */
export function OrganizationSwitch(props: { readonly name: string; readonly slug: string }): ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const go = (to: string) => void navigate({ to: to as never });
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label={`${props.name}: change organization`}
        className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-sunken"
      >
        <Mark size={22} />
        <span className="min-w-0 flex-1 truncate font-semibold">{props.name}</span>
        <ChevronsUpDown aria-hidden size={15} className="shrink-0 text-faint" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" sideOffset={4} className={POP}>
          <DropdownMenu.Label className="px-2 pt-1 pb-1 text-xs text-faint">Organizations</DropdownMenu.Label>
          {me.organizations.map(({ slug, name, role }) => (
            <DropdownMenu.Item key={slug} className={POP_ITEM} onSelect={() => go(`/o/${slug}`)}>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-xs text-faint">{words(role)}</span>
              </span>
              {slug === props.slug && <Check aria-label="this one" size={16} />}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={POP_ITEM} onSelect={() => go('/welcome')}>
            <Plus aria-hidden size={16} /> New organization
          </DropdownMenu.Item>
          {STAFF.has(me.platformRole) && (
            <DropdownMenu.Item className={POP_ITEM} onSelect={() => go('/platform')}>
              <ShieldCheck aria-hidden size={16} /> Platform staff
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
