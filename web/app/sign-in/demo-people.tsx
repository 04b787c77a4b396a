import type { ReactNode } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { words } from '../../ui/format.ts';
import type { ServerInfo } from './server-info.ts';

export interface DemoPeopleProps {
  readonly demo: NonNullable<ServerInfo['demo']>;
  readonly onChoose: (email: string) => void;
}

/** People of the demonstration brokerages, one press from being signed in. Not there in production. */
export function DemoPeople({ demo, onChoose }: DemoPeopleProps): ReactNode {
  return (
    <section aria-labelledby="demo" className="mt-5 border-t border-line pt-4">
      <h2 id="demo" className="text-sm font-semibold">
        Look around as somebody of the demonstration
      </h2>
      <ul className="mt-2 space-y-1">
        {demo.people.map((person: DemoPeopleProps['demo']['people'][number]) => (
          <li key={person.email}>
            <button
              type="button"
              onClick={() => onChoose(person.email)}
              className="flex w-full items-center gap-3 rounded-md border border-line px-2.5 py-1.5 text-left hover:bg-sunken"
            >
              <Avatar name={person.name} size="sm" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{person.name}</span>
                <span className="block truncate text-xs text-faint">
                  {words(person.role)} · {person.organization}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
