import type { ReactNode } from 'react';
import type { Model } from '../../../api/client.ts';
import { Badge } from '../../../ui/badge.tsx';
import { words } from '../../../ui/format.ts';
import { SCORE_TONES } from './lead-words.ts';

/** How warm a lead is. */
export function ScoreBadge(props: { readonly score: Model<'LeadScore'>; readonly value: number }): ReactNode {
  return (
    <Badge tone={SCORE_TONES[props.score]}>
      {words(props.score)} <span className="tabular ml-1">{props.value}</span>
    </Badge>
  );
}
