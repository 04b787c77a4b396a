import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useRecord, type Versioned } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card, Fact, Facts } from '../../../ui/card.tsx';
import { day, money, words } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Select } from '../../../ui/select.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { Tags } from '../../../ui/tags.tsx';
import { contacts, type Deal, deals, listings } from '../collections.ts';
import { RecordFrame } from '../record-frame.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { DEAL_FIELDS, STAGES, STATUS_TONES, type Stage } from './deal-words.ts';
import { LostDialog } from './lost-dialog.tsx';
import { StageHistory } from './stage-history.tsx';
import { useMoveDeal } from './use-move-deal.ts';

/** One deal: where it stands, whose it is, what happened. */
export function Page(): ReactNode {
  const { dealId } = useParams({ strict: false }) as { dealId: string };
  const deal = useRecord(deals, dealId);
  return <Loaded of={deal}>{(versioned) => <DealPage versioned={versioned} />}</Loaded>;
}

function DealPage({ versioned }: { readonly versioned: Versioned<Deal> }): ReactNode {
  const { can } = useOrganization();
  const memberName = useMemberName();
  const move = useMoveDeal();
  const [losing, setLosing] = useState(false);
  const row = versioned.record;
  const onStage = (stage: string) => {
    if (stage === 'CLOSED_LOST') setLosing(true);
    else move({ dealId: row.id, stage: stage as Stage, expectedStage: row.stage });
  };
  return (
    <RecordFrame
      collection={deals}
      versioned={versioned}
      noun="deal"
      listTitle="Deals"
      title={row.title}
      note={<Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>}
      description={<span className="tabular text-lg text-ink">{money(row.value, row.currency)}</span>}
      specs={DEAL_FIELDS}
      aside={
        <>
          <Card title="Stage">
            <Select
              aria-label="Stage"
              value={row.stage}
              onChange={onStage}
              options={STAGES}
              disabled={!can('crm:write') || row.archivedAt !== null}
            />
            <p className="mt-2 text-sm text-faint">Probability {row.probability} %</p>
            {row.lostReason && <p className="mt-1 text-soft">Lost: {row.lostReason}</p>}
            <StageHistory dealId={row.id} />
          </Card>
          <Card title="About">
            <Facts>
              <Fact label="Contact">{row.contactId && <ContactLink id={row.contactId} />}</Fact>
              <Fact label="Listing">{row.listingId && <ListingLink id={row.listingId} />}</Fact>
              <Fact label="Agent">{memberName(row.assignedToId)}</Fact>
              <Fact label="Expected">{day(row.expectedCloseDate)}</Fact>
              <Fact label="Closed">{day(row.actualCloseDate)}</Fact>
              <Fact label="Tags">{row.tags.length > 0 && <Tags tags={row.tags} />}</Fact>
            </Facts>
            {row.description && (
              <p className="mt-3 border-t border-line pt-3 whitespace-pre-wrap">{row.description}</p>
            )}
            {row.notes && <p className="mt-3 border-t border-line pt-3 whitespace-pre-wrap">{row.notes}</p>}
          </Card>
        </>
      }
    >
      <Timeline of={{ kind: 'deals', id: row.id }} />
      {losing && (
        <LostDialog
          title={row.title}
          onClose={() => setLosing(false)}
          onLost={(lostReason) => {
            move({ dealId: row.id, stage: 'CLOSED_LOST', lostReason, expectedStage: row.stage });
            setLosing(false);
          }}
        />
      )}
    </RecordFrame>
  );
}

function ContactLink({ id }: { readonly id: string }): ReactNode {
  const { pathTo } = useOrganization();
  const { data } = useRecord(contacts, id, { fields: 'id,name' });
  return <PageLink to={pathTo(`contacts/${id}`)}>{data?.record.name ?? '…'}</PageLink>;
}

function ListingLink({ id }: { readonly id: string }): ReactNode {
  const { pathTo } = useOrganization();
  const { data } = useRecord(listings, id, { fields: 'id,title' });
  return <PageLink to={pathTo(`listings/${id}`)}>{data?.record.title ?? '…'}</PageLink>;
}
