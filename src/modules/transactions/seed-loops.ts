import { type Batch, batch, keyed, type Office, officeId, pick, times } from '../seeding/index.ts';
import { signatureRows } from './seed-signatures.ts';

/** Transactions by their state, with the days to closing. */
const LOOPS = [
  { status: 'DRAFT', type: 'LISTING_AGREEMENT', closing: 60, progress: 5 },
  { status: 'ACTIVE', type: 'PURCHASE_AGREEMENT', closing: 40, progress: 30 },
  { status: 'UNDER_CONTRACT', type: 'PURCHASE_AGREEMENT', closing: 21, progress: 60 },
  { status: 'CLOSING', type: 'COMMERCIAL_PURCHASE', closing: 4, progress: 90 },
  { status: 'CLOSED', type: 'PURCHASE_AGREEMENT', closing: -12, progress: 100 },
  { status: 'CANCELLED', type: 'LEASE_AGREEMENT', closing: -30, progress: 20 },
] as const;

export const PARTIES = [
  { role: 'BUYER', name: 'Bertram Buyalot' },
  { role: 'SELLER', name: 'Selma Sellsworth' },
  { role: 'TITLE_COMPANY', name: 'Moonbeam Title' },
] as const;

const PAPERS = ['Agreement.pdf', 'Property disclosure.pdf'];

/** Transactions with parties, documents and versions, signatures, tasks, audit log and workflows. */
export function loopRows(office: Office): Batch[] {
  const { calendar, members, organizationId } = office;
  const papers = LOOPS.flatMap((loop, l) =>
    PAPERS.map((name, p) => ({ loop, l, p, name, key: `${l}/${p}` })),
  );
  const fileKey = (key: string, version: number) =>
    `${organizationId}/documents/${officeId(office, 'document', key)}/v${version}.pdf`;
  const agent = (l: number) => pick(members.agents, l);
  return [
    batch(
      'transaction_loops',
      LOOPS.map((loop, l) => ({
        ...keyed(office, 'loop', l),
        property_address: `${120 + l * 18} ${pick(['Juniper Lane', 'Larkspur Street', 'Old Mill Road'], l)}, ${pick(office.places, l).city}`,
        transaction_type: loop.type,
        listing_price: pick(office.places, l).typicalPrice,
        currency: 'USD',
        status: loop.status,
        expected_closing: calendar.day(loop.closing),
        actual_closing: loop.status === 'CLOSED' ? calendar.day(loop.closing) : null,
        progress: loop.progress,
        created_by_id: agent(l),
        created_at: calendar.at(loop.closing - 65, 9),
      })),
    ),
    batch(
      'loop_parties',
      LOOPS.flatMap((loop, l) =>
        PARTIES.map(({ role, name }) => ({
          ...keyed(office, 'party', `${l}/${role}`),
          loop_id: officeId(office, 'loop', l),
          name,
          email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
          role,
          permissions: role === 'TITLE_COMPANY' ? ['VIEW', 'UPLOAD'] : ['VIEW', 'SIGN'],
          status: 'ACTIVE',
          invited_at: calendar.at(loop.closing - 64, 9),
          joined_at: loop.status === 'DRAFT' ? null : calendar.at(loop.closing - 63, 17),
        })),
      ),
    ),
    batch(
      'documents',
      papers.map(({ loop, l, p, name, key }) => ({
        ...keyed(office, 'document', key),
        loop_id: officeId(office, 'loop', l),
        filename: name,
        original_name: name,
        mime_type: 'application/pdf',
        file_size: 48_000 + l * 1_300 + p * 700,
        storage_key: fileKey(key, 1 + p),
        version: 1 + p,
        status: loop.status === 'CLOSED' ? 'SIGNED' : pick(['DRAFT', 'PENDING', 'REVIEWED'], l),
        category: pick(['contract', 'disclosure'], p),
        uploaded_by_id: agent(l),
      })),
    ),
    batch(
      'document_versions',
      papers.flatMap(({ l, p, key }) =>
        times(1 + p, (v) => ({
          ...keyed(office, 'version', `${key}/${v + 1}`),
          document_id: officeId(office, 'document', key),
          version_number: v + 1,
          storage_key: fileKey(key, v + 1),
          file_size: 47_000 + l * 1_300 + v * 700,
          created_by_id: agent(l),
        })),
      ),
    ),
    ...signatureRows(office),
    batch(
      'transaction_tasks',
      LOOPS.flatMap((loop, l) =>
        ['Order the inspection', 'Check the title', 'Arrange the final walk-through'].map((title, t) => {
          const done = loop.progress >= (t + 1) * 33;
          return {
            ...keyed(office, 'loop-task', `${l}/${t}`),
            loop_id: officeId(office, 'loop', l),
            title,
            status: done
              ? 'DONE'
              : loop.status === 'CANCELLED'
                ? 'CANCELLED'
                : t === 0
                  ? 'IN_PROGRESS'
                  : 'TODO',
            priority: pick(['HIGH', 'MEDIUM', 'URGENT'], t),
            due_date: calendar.day(loop.closing - 20 + t * 8),
            completed_at: done ? calendar.at(loop.closing - 100, 16) : null,
            assigned_to_id: t === 1 ? officeId(office, 'party', `${l}/TITLE_COMPANY`) : null,
            created_by_id: agent(l),
          };
        }),
      ),
    ),
    batch(
      'transaction_audit_logs',
      LOOPS.map((loop, l) => ({
        ...keyed(office, 'loop-audit', l),
        action: 'STATUS_CHANGED',
        entity_type: 'transaction_loop',
        entity_id: officeId(office, 'loop', l),
        old_values: { status: 'DRAFT' },
        new_values: { status: loop.status },
        ip_address: '192.0.2.10',
        user_id: agent(l),
        occurred_at: calendar.at(Math.min(loop.closing - 60, -1), 12),
      })),
    ),
    batch(
      'workflows',
      [null, 2].map((loop) => ({
        ...keyed(office, 'workflow', loop ?? 'template'),
        name: loop === null ? 'Purchase, step by step' : 'Purchase of 156 Old Mill Road',
        description: 'From accepted offer to keys.',
        is_template: loop === null,
        steps: ['Offer accepted', 'Inspection', 'Appraisal', 'Title', 'Closing'].map((name, order) => ({
          key: name.toLowerCase().replace(' ', '-'),
          name,
          type: 'task',
          order,
          due_offset_days: order * 7,
        })),
        status: 'ACTIVE',
        loop_id: loop === null ? null : officeId(office, 'loop', loop),
        created_by_id: members.admin,
      })),
    ),
  ];
}
