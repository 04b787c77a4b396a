import { useParams } from '@tanstack/react-router';
import { Archive, Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useRecord, type Versioned } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, Fact, Facts } from '../../../ui/card.tsx';
import { moment, words } from '../../../ui/format.ts';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { type Contact, contacts } from '../collections.ts';
import { useArchive } from '../use-archive.ts';
import { ContactDialog } from './contact-dialog.tsx';
import { STATUS_TONES } from './contact-words.ts';

/** One contact: who it is, and what happened. */
export function Page(): ReactNode {
  const { contactId } = useParams({ strict: false }) as { contactId: string };
  const contact = useRecord(contacts, contactId);
  return <Loaded of={contact}>{(versioned) => <ContactPage versioned={versioned} />}</Loaded>;
}

function ContactPage({ versioned }: { readonly versioned: Versioned<Contact> }): ReactNode {
  const { can, pathTo } = useOrganization();
  const [changing, setChanging] = useState(false);
  const memberName = useMemberName();
  const archive = useArchive('contacts', 'Contact');
  const row = versioned.record;
  return (
    <PageFrame
      title={row.name}
      back={{ label: 'Contacts', to: pathTo('contacts') }}
      note={<Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>}
      description={[row.position, row.company].filter(Boolean).join(', ')}
      actions={
        can('crm:write') && (
          <>
            <Button icon={Archive} busy={archive.busy} onClick={() => archive.toggle(row)}>
              {row.archivedAt ? 'Bring back' : 'Archive'}
            </Button>
            <Button look="primary" icon={Pencil} onClick={() => setChanging(true)}>
              Change
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4 lg:grid-cols-[20rem_1fr]">
        <Card title="About">
          <Facts>
            <Fact label="E-mail">{row.email && <a href={`mailto:${row.email}`}>{row.email}</a>}</Fact>
            <Fact label="Phone">{row.phone && <a href={`tel:${row.phone}`}>{row.phone}</a>}</Fact>
            <Fact label="Type">{words(row.type)}</Fact>
            <Fact label="Agent">{memberName(row.assignedToId)}</Fact>
            <Fact label="Last contact">
              <Ago at={row.lastContactAt} />
            </Fact>
            <Fact label="Added">{moment(row.createdAt)}</Fact>
          </Facts>
        </Card>
        <Card title="Notes">{row.notes ?? <p className="text-faint">None</p>}</Card>
      </div>
      {changing && <ContactDialog contact={versioned} onClose={() => setChanging(false)} />}
    </PageFrame>
  );
}
