import type { ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useList } from '../../../api/records.ts';
import { useView } from '../../../api/view.ts';
import { moneyShort, number } from '../../../ui/format.ts';
import { Stat } from '../../../ui/stat.tsx';
import { Skeleton } from '../../../ui/states.tsx';
import { leads, listings } from '../collections.ts';
import type { Board } from '../deals/board-data.ts';
import { BOARD_KEY } from '../deals/use-move-deal.ts';

const none = { limit: 1, count: 'exact', fields: 'id' };

/** The figures of the day: what is open, what it is worth, what is warm. */
export function Panel(): ReactNode {
  const { pathTo } = useOrganization();
  const board = useView<Board>({
    key: BOARD_KEY,
    tables: ['deals'],
    load: (api, signal) => api.GET('/deals/board', { signal }) as Promise<{ data?: Board }>,
  });
  const hot = useList(leads, {
    ...none,
    score: 'HOT',
    'status.in': 'NEW_LEAD,IN_CONTACT,QUALIFIED',
    'archivedAt.is': 'null',
  });
  const active = useList(listings, { ...none, status: 'ACTIVE', 'archivedAt.is': 'null' });
  const open = board.data?.stages.filter((s) => !s.stage.startsWith('CLOSED'));
  const won = board.data?.stages.find((s) => s.stage === 'CLOSED_WON');
  const wait = <Skeleton className="h-8 w-20" />;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label="Open deals"
        value={open ? number(open.reduce((n, s) => n + s.count, 0)) : wait}
        note={open && `${sumOf(open, 'value')} in all`}
        to={pathTo('deals')}
      />
      <Stat
        label="Weighted pipeline"
        value={open ? sumOf(open, 'weighted') : wait}
        note={won && `${won.count} won lately`}
        to={pathTo('deals')}
      />
      <Stat
        label="Hot leads"
        value={hot.data ? number(hot.data.page.count) : wait}
        note="to be called first"
        to={pathTo('leads?score=HOT')}
      />
      <Stat
        label="Active listings"
        value={active.data ? number(active.data.page.count) : wait}
        note="on the market"
        to={pathTo('listings?status=ACTIVE')}
      />
    </div>
  );
}

/** Sums of each currency by itself; cents are left out before they are added, since the figure is rounded anyway. */
function sumOf(stages: Board['stages'], what: 'value' | 'weighted'): string {
  const sums = new Map<string, bigint>();
  for (const sum of stages.flatMap((s) => s.sums))
    sums.set(sum.currency, (sums.get(sum.currency) ?? 0n) + BigInt(sum[what].split('.')[0]!));
  return [...sums].map(([currency, sum]) => moneyShort(sum.toString(), currency)).join(' + ') || '–';
}
