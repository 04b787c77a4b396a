import { describe, expect, it } from 'vitest';
import {
  APPOINTMENT_MOVES,
  CUSTOMER_MOVES,
  DEAL_MOVES,
  LEAD_MOVES,
  LISTING_MOVES,
  type Moves,
  requireMove,
} from './moves.ts';

const TABLES: [string, Moves<string>][] = [
  ['lead', LEAD_MOVES],
  ['deal', DEAL_MOVES],
  ['customer', CUSTOMER_MOVES],
  ['listing', LISTING_MOVES],
  ['appointment', APPOINTMENT_MOVES],
];

describe.each(TABLES)('the moves of a %s', (noun, moves) => {
  const states = Object.keys(moves);

  it('are those of the table; staying is one, and whatever else is refused with what may follow', () => {
    for (const from of states) {
      for (const to of states) {
        const allowed = from === to || moves[from]!.includes(to);
        const ask = () => requireMove(noun, moves, from, to);
        if (allowed) expect(ask).not.toThrow();
        else expect(ask).toThrow(expect.objectContaining({ code: 'MOVE_NOT_ALLOWED' }));
      }
    }
  });

  it('lead from the first state to every other but what only conversion reaches', () => {
    const reached = new Set([states[0]!]);
    for (const state of reached) for (const next of moves[state]!) reached.add(next);
    expect(states.filter((s) => !reached.has(s))).toEqual(noun === 'lead' ? ['CONVERTED'] : []);
  });
});
