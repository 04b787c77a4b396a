import { useNavigate } from '@tanstack/react-router';
import { Check, Plus, ShieldCheck } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useMe } from '../../api/session.ts';
import { words } from '../../ui/format.ts';
import { POP, POP_ITEM } from './pop.ts';

/** Platform roles whose holders work for the platform (UserRole). */
const STAFF = new Set(['SUPER_ADMIN', 'ADMIN', 'MODERATOR']);

/** The organizations of the person, and the platform for its staff. */
export default function OrganizationMenu(props: {
  readonly slug: string;
  readonly trigger: ReactNode;
}): ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const go = (to: string) => void navigate({ to: to as never });
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
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
