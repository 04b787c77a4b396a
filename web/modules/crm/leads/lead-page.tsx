import { useNavigate, useParams } from '@tanstack/react-router';
import { ArrowRightLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAction } from '../../../api/action.ts';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem } from '../../../api/problem.ts';
import { useRecord, type Versioned } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, Fact, Facts } from '../../../ui/card.tsx';
import { moment, money, words } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/states.tsx';
import { Tags } from '../../../ui/tags.tsx';
import { tell, tellProblem } from '../../../ui/toast.tsx';
import { type Lead, leads } from '../collections.ts';
import { RecordFrame } from '../record-frame.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { LEAD_FIELDS } from './lead-words.ts';
import { ScoreBadge } from './score-badge.tsx';
import { ScoreCard } from './score-card.tsx';

/** One lead: how warm it is and why, and the way to a deal. */
export function Page(): ReactNode {
  const { leadId } = useParams({ strict: false }) as { leadId: string };
  const lead = useRecord(leads, leadId);
  return <Loaded of={lead}>{(versioned) => <LeadPage versioned={versioned} />}</Loaded>;
}

function LeadPage({ versioned }: { readonly versioned: Versioned<Lead> }): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const memberName = useMemberName();
  const row = versioned.record;
  const convert = useAction(['leads', 'contacts', 'deals'], (api, leadId: string) =>
    api.POST('/leads/{leadId}/convert', { params: { path: { leadId } }, body: {} }),
  );
  const onConvert = () =>
    convert.mutate(row.id, {
      onSuccess: (made) => {
        tell('The lead is a contact with a deal now');
        if (made?.deal) void navigate({ to: pathTo(`deals/${made.deal.id}`) as never });
      },
      onError: (error) => tellProblem(asProblem(error)),
    });
  return (
    <RecordFrame
      collection={leads}
      versioned={versioned}
      noun="lead"
      listTitle="Leads"
      title={row.name}
      note={
        <>
          <ScoreBadge score={row.score} value={row.scoreValue} />
          <Badge>{words(row.status)}</Badge>
        </>
      }
      description={row.company}
      specs={LEAD_FIELDS}
      actions={
        row.status !== 'CONVERTED' && (
          <Button look="primary" icon={ArrowRightLeft} busy={convert.isPending} onClick={onConvert}>
            Convert to deal
          </Button>
        )
      }
      aside={
        <>
          <Card title="About">
            <Facts>
              <Fact label="E-mail">{row.email && <a href={`mailto:${row.email}`}>{row.email}</a>}</Fact>
              <Fact label="Phone">{row.phone && <a href={`tel:${row.phone}`}>{row.phone}</a>}</Fact>
              <Fact label="Source">{words(row.source)}</Fact>
              <Fact label="Budget">{money(row.budget, row.currency, true)}</Fact>
              <Fact label="Timeline">{row.timeline}</Fact>
              <Fact label="Agent">{memberName(row.assignedToId)}</Fact>
              <Fact label="Tags">{row.tags.length > 0 && <Tags tags={row.tags} />}</Fact>
              <Fact label="Added">{moment(row.createdAt)}</Fact>
            </Facts>
            {row.notes && <p className="mt-3 border-t border-line pt-3 whitespace-pre-wrap">{row.notes}</p>}
          </Card>
          <ScoreCard lead={row} />
        </>
      }
    >
      <Timeline of={{ kind: 'leads', id: row.id }} />
    </RecordFrame>
  );
}
