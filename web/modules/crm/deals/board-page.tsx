import {
  DndContext,
  type DragEndEvent,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useNavigate } from '@tanstack/react-router';
import { Columns3, List, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useView } from '../../../api/view.ts';
import { Button } from '../../../ui/button.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { PageLink } from '../../../ui/page-link.tsx';
import { useSearchFlag } from '../../../ui/search-flag.ts';
import { useShortcut } from '../../../ui/shortcut.ts';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { deals } from '../collections.ts';
import { BoardColumn } from './board-column.tsx';
import { type Board, type BoardDeal, stageOf } from './board-data.ts';
import { DealCard } from './deal-card.tsx';
import { DEAL_FIELDS, type Stage } from './deal-words.ts';
import { LostDialog } from './lost-dialog.tsx';
import { BOARD_KEY, useMoveDeal } from './use-move-deal.ts';

/** Deals by stage. */
export function Page(): ReactNode {
  const { can, pathTo } = useOrganization();
  const navigate = useNavigate();
  const [making, setMaking] = useSearchFlag('new');
  const mayWrite = can('crm:write');
  useShortcut('n', () => mayWrite && setMaking(true));
  const board = useView<Board>({
    key: BOARD_KEY,
    tables: ['deals'],
    load: (api, signal) => api.GET('/deals/board', { signal }) as Promise<{ data?: Board }>,
  });
  const make = mayWrite && (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      New deal
    </Button>
  );
  return (
    <PageFrame
      fills
      title="Deals"
      actions={
        <>
          <Button icon={List} asChild>
            <PageLink to={pathTo('deals/list')}>As a list</PageLink>
          </Button>
          {make}
        </>
      }
    >
      <Loaded of={board}>
        {(shown) =>
          shown.stages.every((s) => s.count === 0) ? (
            <Empty icon={Columns3} title="No deals yet" action={make}>
              A deal goes from the first talk to the closing. Convert a lead, or begin one here.
            </Empty>
          ) : (
            <Columns board={shown} />
          )
        }
      </Loaded>
      {making && mayWrite && (
        <RecordDialog
          collection={deals}
          noun="deal"
          specs={DEAL_FIELDS}
          onClose={() => setMaking(false)}
          onSaved={({ record }) => void navigate({ to: pathTo(`deals/${record.id}`) as never })}
        />
      )}
    </PageFrame>
  );
}

function Columns({ board }: { readonly board: Board }): ReactNode {
  const { can } = useOrganization();
  const memberName = useMemberName();
  const move = useMoveDeal();
  const [losing, setLosing] = useState<BoardDeal>();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    // A press that rests begins a drag; a swipe scrolls.
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 6 } }),
  );
  const onMove = (deal: BoardDeal, stage: Stage) => {
    if (stage === 'CLOSED_LOST') setLosing(deal);
    else move({ dealId: deal.id, stage, expectedStage: stageOf(board, deal.id) });
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const deal = board.stages.flatMap((s) => s.deals).find((d) => d.id === active.id);
    if (deal && over && over.id !== stageOf(board, deal.id)) onMove(deal, over.id as Stage);
  };
  return (
    <>
      <DndContext sensors={sensors} onDragEnd={onDragEnd}>
        <div className="scroll-thin -mx-4 flex min-h-0 flex-1 snap-x scroll-px-4 gap-3 overflow-x-auto px-4 pb-1 md:-mx-6 md:scroll-px-6 md:px-6">
          {board.stages.map((stage) => (
            <BoardColumn key={stage.stage} stage={stage}>
              {stage.deals.map((deal) => (
                <DealCard
                  key={deal.id}
                  deal={deal}
                  stage={stage.stage}
                  agent={memberName(deal.assignedToId)}
                  mayMove={can('crm:write')}
                  onMove={(to) => onMove(deal, to)}
                />
              ))}
            </BoardColumn>
          ))}
        </div>
      </DndContext>
      {losing && (
        <LostDialog
          title={losing.title}
          onClose={() => setLosing(undefined)}
          onLost={(lostReason) => {
            move({ dealId: losing.id, stage: 'CLOSED_LOST', lostReason });
            setLosing(undefined);
          }}
        />
      )}
    </>
  );
}
