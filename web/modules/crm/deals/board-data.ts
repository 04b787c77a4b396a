import type { Model } from '../../../api/client.ts';
import type { Stage } from './deal-words.ts';

export interface BoardDeal {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly currency: string;
  readonly probability: number;
  readonly expectedCloseDate: string | null;
  readonly assignedToId: string | null;
  readonly contactId: string | null;
}

export interface BoardSum {
  readonly currency: string;
  readonly count: number;
  readonly value: string;
  readonly weighted: string;
}

export interface BoardStage {
  readonly stage: Stage;
  readonly count: number;
  readonly sums: readonly BoardSum[];
  readonly deals: readonly BoardDeal[];
}

export interface Board {
  readonly stages: readonly BoardStage[];
}

export type DealStageInput = {
  readonly dealId: string;
  readonly stage: Model<'DealStage'>;
  readonly lostReason?: string;
  /** Where the person saw it; another one means that somebody else moved it meanwhile. */
  readonly expectedStage?: Model<'DealStage'>;
};

/** The board after a card was moved; its sums follow with the server’s answer. */
export function moved(board: Board, dealId: string, to: Stage): Board {
  const deal = board.stages.flatMap((s) => s.deals).find((d) => d.id === dealId);
  if (!deal) return board;
  return {
    stages: board.stages.map((s) => {
      const here = s.deals.some((d) => d.id === dealId);
      if (s.stage === to) return here ? s : { ...s, count: s.count + 1, deals: [deal, ...s.deals] };
      return here ? { ...s, count: s.count - 1, deals: s.deals.filter((d) => d.id !== dealId) } : s;
    }),
  };
}

/** @returns where a deal stands on the board */
export const stageOf = (board: Board, dealId: string): Stage | undefined =>
  board.stages.find((s) => s.deals.some((d) => d.id === dealId))?.stage;
