import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useList, useRecord, type Versioned } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card, Fact, Facts } from '../../../ui/card.tsx';
import { moment, money, words } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { Tags } from '../../../ui/tags.tsx';
import { Ago } from '../../../ui/time.tsx';
import { type Contact, contacts, type Deal, deals } from '../collections.ts';
import { RecordFrame } from '../record-frame.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { CONTACT_FIELDS } from './contact-fields.ts';
import { STATUS_TONES } from './contact-words.ts';

/** One contact: who it is, and what happened. */
export function Page(): ReactNode {
  const { contactId } = useParams({ strict: false }) as { contactId: string };
  const contact = useRecord(contacts, contactId);
  return <Loaded of={contact}>{(versioned) => <ContactPage versioned={versioned} />}</Loaded>;
}

function ContactPage({ versioned }: { readonly versioned: Versioned<Contact> }): ReactNode {
  const memberName = useMemberName();
  const row = versioned.record;
  return (
    <RecordFrame
      collection={contacts}
      versioned={versioned}
      noun="contact"
      listTitle="Contacts"
      title={row.name}
      note={<Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>}
      description={[row.position, row.company].filter(Boolean).join(', ')}
      specs={CONTACT_FIELDS}
      aside={
        <>
          <Card title="About">
            <Facts>
              <Fact label="E-mail">{row.email && <a href={`mailto:${row.email}`}>{row.email}</a>}</Fact>
              <Fact label="Phone">{row.phone && <a href={`tel:${row.phone}`}>{row.phone}</a>}</Fact>
              <Fact label="Type">{words(row.type)}</Fact>
              <Fact label="Agent">{memberName(row.assignedToId)}</Fact>
              <Fact label="Last contact">{row.lastContactAt && <Ago at={row.lastContactAt} />}</Fact>
              <Fact label="Tags">{row.tags.length > 0 && <Tags tags={row.tags} />}</Fact>
              <Fact label="Added">{moment(row.createdAt)}</Fact>
            </Facts>
            {row.notes && <p className="mt-3 border-t border-line pt-3 whitespace-pre-wrap">{row.notes}</p>}
          </Card>
          <ContactDeals contactId={row.id} />
        </>
      }
    >
      <Timeline of={{ kind: 'contacts', id: row.id }} />
    </RecordFrame>
  );
}

function ContactDeals({ contactId }: { readonly contactId: string }): ReactNode {
  const { pathTo } = useOrganization();
  const query = useList<typeof deals, Deal>(deals, { contactId, sort: '-createdAt', limit: 20 });
  return (
    <Card title="Deals">
      <Loaded of={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-faint">None yet</p>
          ) : (
            <ul className="space-y-2">
              {data.map((deal) => (
                <li key={deal.id} className="flex items-baseline justify-between gap-3">
                  <PageLink
                    to={pathTo(`deals/${deal.id}`)}
                    className="min-w-0 truncate text-accent underline"
                  >
                    {deal.title}
                  </PageLink>
                  <span className="tabular shrink-0 text-sm text-soft">
                    {money(deal.value, deal.currency, true)} · {words(deal.stage)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
