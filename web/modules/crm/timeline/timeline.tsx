import type { ReactNode } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { usePages } from '../../../api/pages.ts';
import { Card } from '../../../ui/card.tsx';
import { words } from '../../../ui/format.ts';
import { OlderButton } from '../../../ui/older-button.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { activityIcon } from './activity-words.ts';
import { LogActivity } from './log-activity.tsx';
import { stageMove } from './stage-move.ts';

/** Whose timeline it is. */
export type Subject =
  | { readonly kind: 'contacts'; readonly id: string }
  | { readonly kind: 'leads'; readonly id: string }
  | { readonly kind: 'deals'; readonly id: string };

interface Entry {
  readonly kind: 'activity' | 'appointment';
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly title: string;
  readonly description: string | null;
  readonly outcome: string | null;
  readonly status: string | null;
  readonly personId: string;
}

interface TimelinePage {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** What happened with a contact, a lead or a deal, newest first, and the way to write down more. */
export function Timeline({ of }: { readonly of: Subject }): ReactNode {
  const { can } = useOrganization();
  const query = usePages<TimelinePage>({
    key: ['timeline', of.kind, of.id],
    tables: ['activities', 'appointments'],
    load: (api, cursor, signal) => {
      const options = { params: { path: {}, query: { limit: 30, ...(cursor ? { cursor } : {}) } }, signal };
      const path = `/${of.kind}/${of.id}/timeline` as '/contacts/{contactId}/timeline';
      return api.GET(path, options as never);
    },
    next: (page) => page.next,
  });
  return (
    <Card title="Timeline">
      {can('crm:write') && <LogActivity of={of} />}
      <Loaded of={query}>
        {({ pages }) => {
          const entries = pages.flatMap((p) => p.entries);
          if (entries.length === 0)
            return <Empty title="Nothing yet">Calls, mails and showings are written down here.</Empty>;
          return (
            <>
              <ol className="mt-4 space-y-4">
                {entries.map((entry) => (
                  <EntryRow key={`${entry.kind} ${entry.id}`} entry={entry} />
                ))}
              </ol>
              <OlderButton of={query} />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }): ReactNode {
  const memberName = useMemberName();
  const Icon = activityIcon(entry.kind === 'appointment' ? '' : entry.type);
  const move = stageMove(entry.outcome);
  return (
    <li className="flex gap-3">
      <span className="mt-0.5 inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-soft">
        <Icon aria-hidden size={15} />
      </span>
      <div className="min-w-0">
        <p className="font-medium break-words">{entry.title}</p>
        <p className="text-xs text-faint">
          {words(entry.type)}
          {entry.status && ` · ${words(entry.status)}`} · {memberName(entry.personId) || 'Former member'} ·{' '}
          <Ago at={entry.at} />
        </p>
        {entry.description && <p className="mt-1 whitespace-pre-wrap text-soft">{entry.description}</p>}
        {move && (
          <p className="mt-1 text-soft">
            {words(move.from)} → {words(move.to)}
          </p>
        )}
        {entry.outcome && !move && <p className="mt-1 text-soft">Outcome: {entry.outcome}</p>}
      </div>
    </li>
  );
}
