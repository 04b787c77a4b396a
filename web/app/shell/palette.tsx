import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { organizationApi } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';
import { readList } from '../../api/records.ts';
import type { Overview } from '../../api/session.ts';
import type { Finder } from '../module.ts';
import { modules } from '../modules.ts';
import type { NavigationGroup } from './navigation.ts';

export interface PaletteProps {
  readonly navigation: readonly NavigationGroup[];
  readonly organization: Overview | undefined;
  readonly onClose: () => void;
}

const FOUND = 5;
const ITEM =
  'flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-2 data-[selected=true]:bg-sunken md:py-1.5';

/** Pages, commands and records by their names, from anywhere by one key. */
export function Palette({ navigation, organization, onClose }: PaletteProps): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const go = (to: string) => {
    onClose();
    void navigate({ href: to } as never);
  };
  const held = new Set<string>(organization?.permissions ?? []);
  const may = ({ permission }: { permission?: string }) => permission === undefined || held.has(permission);
  const base = organization ? `/o/${organization.slug}` : '';
  const commands = organization ? modules.flatMap((m) => m.commands ?? []).filter(may) : [];
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-2 top-2 z-50 mx-auto max-w-xl overflow-hidden rounded-lg border border-line bg-raised shadow-pop md:top-[12vh]"
        >
          <Dialog.Title className="sr-only">Search or go to</Dialog.Title>
          <Command label="Search or go to" loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="A name, a page, something to do …"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none"
            />
            <Command.List className="scroll-thin max-h-[min(60vh,28rem)] overflow-y-auto p-2">
              <Command.Empty className="px-2 py-6 text-center text-soft">
                Nothing is called that.
              </Command.Empty>
              {organization && <Records text={text} organization={organization} onGo={go} />}
              {commands.length > 0 && (
                <Group heading="Do">
                  {commands.map(({ label, path, icon }) => (
                    <Entry key={label} label={label} icon={icon} onGo={() => go(`${base}/${path}`)} />
                  ))}
                </Group>
              )}
              <Group heading="Pages">
                {navigation.flatMap(({ links }) =>
                  links.map(({ label, to, icon }) => (
                    <Entry key={to} label={label} icon={icon} onGo={() => go(to)} />
                  )),
                )}
              </Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group(props: { readonly heading: string; readonly children: ReactNode }): ReactNode {
  return (
    <Command.Group
      heading={props.heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
    >
      {props.children}
    </Command.Group>
  );
}

function Entry(props: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly icon: LucideIcon;
  readonly value?: string;
  readonly onGo: () => void;
}): ReactNode {
  const { label, note, icon: Icon, value, onGo } = props;
  return (
    <Command.Item value={value ?? label} onSelect={onGo} className={ITEM}>
      <Icon aria-hidden size={16} className="shrink-0 text-faint" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {note && <span className="truncate text-xs text-faint">{note}</span>}
    </Command.Item>
  );
}

interface Found {
  readonly finder: Finder;
  readonly row: Readonly<Record<string, unknown>>;
}

function Records(props: {
  readonly text: string;
  readonly organization: Overview;
  readonly onGo: (to: string) => void;
}): ReactNode {
  const { organization, onGo } = props;
  const text = useDeferredValue(props.text.trim());
  const held = new Set<string>(organization.permissions);
  const { data = [] } = useQuery({
    queryKey: [organization.slug, 'palette', text],
    enabled: text.length >= 2,
    queryFn: async ({ signal }): Promise<Found[]> => {
      const finders = modules.flatMap((m) => m.finders ?? []).filter((f) => held.has(f.permission));
      const answers = await Promise.all(
        finders.map((finder) =>
          readList<Record<string, unknown>>(
            organizationApi(organization.slug),
            collection(finder.collection),
            { q: text, limit: FOUND, fields: ['id', ...finder.fields].join(',') },
            signal,
          ),
        ),
      );
      return answers.flatMap(({ data: rows }, i) => rows.map((row) => ({ finder: finders[i]!, row })));
    },
  });
  if (data.length === 0) return null;
  return (
    <Group heading="Records">
      {data.map(({ finder, row }) => (
        <Entry
          key={`${finder.collection} ${row.id}`}
          // What was typed belongs to its value, since the server has found it already.
          value={`${text} ${finder.title(row)} ${row.id}`}
          label={finder.title(row)}
          note={finder.note?.(row) || finder.label}
          icon={finder.icon}
          onGo={() => onGo(`/o/${organization.slug}/${finder.path(row)}`)}
        />
      ))}
    </Group>
  );
}
