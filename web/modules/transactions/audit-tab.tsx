import type { ReactNode } from 'react';
import type { Model } from '../../api/client.ts';
import { useMemberName } from '../../api/members.ts';
import { usePages } from '../../api/pages.ts';
import { Card } from '../../ui/card.tsx';
import { moment, words } from '../../ui/format.ts';
import { OlderButton } from '../../ui/older-button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { LOOP_TABLES } from './use-loop.ts';

interface AuditPage {
  readonly data: readonly Model<'TransactionAuditLog'>[];
  readonly nextCursor: string | null;
}

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? 'nothing'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** Everything that was changed in a transaction, newest first. */
export function AuditTab({ loopId }: { readonly loopId: string }): ReactNode {
  const memberName = useMemberName();
  const query = usePages<AuditPage>({
    key: ['loops', loopId, 'audit'],
    tables: LOOP_TABLES,
    load: (api, cursor, signal) =>
      api.GET('/loops/{loopId}/audit', {
        params: { path: { loopId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    next: (page) => page.nextCursor,
  });
  return (
    <Card flush>
      <Loaded of={query}>
        {({ pages }) => {
          const entries = pages.flatMap((p) => p.data);
          if (entries.length === 0) return <p className="p-4 text-faint">Nothing yet</p>;
          return (
            <ol className="divide-y divide-line">
              {entries.map((entry) => (
                <li key={entry.id} className="px-4 py-2.5">
                  <p className="flex flex-wrap justify-between gap-x-3">
                    <span>
                      <span className="font-medium">{memberName(entry.userId) || 'Former member'}</span>{' '}
                      <span className="text-soft">
                        {words(entry.action).toLowerCase()} · {words(entry.entityType).toLowerCase()}
                      </span>
                    </span>
                    <time dateTime={entry.occurredAt} className="text-sm text-faint">
                      {moment(entry.occurredAt)}
                    </time>
                  </p>
                  {entry.newValues && (
                    <p className="text-sm break-words text-faint">
                      {Object.entries(entry.newValues)
                        .slice(0, 6)
                        .map(([field, value]) => `${field}: ${shown(value)}`)
                        .join(' · ')}
                    </p>
                  )}
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <OlderButton of={query} />
        </div>
      )}
    </Card>
  );
}
