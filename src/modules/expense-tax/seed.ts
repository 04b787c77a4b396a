import {
  type Batch,
  batch,
  keyed,
  type Office,
  officeId,
  pick,
  type SeedClient,
  times,
} from '../seeding/index.ts';
import { taxRows } from './taxes.ts';

const SPENT = [
  ['MARKETING', 'Lanternlight Photography', 320],
  ['TRAVEL', 'Skylark Airways', 412.6],
  ['MEALS', 'The Copper Spoon', 86.4],
  ['OFFICE', 'Inkwell Supplies', 54.15],
  ['SOFTWARE', 'Cloudpuddle Hosting', 49],
  ['EDUCATION', 'Lamplight Academy', 240],
  ['INSURANCE', 'Umbrella & Sons', 610],
  ['REPAIRS', 'Hammer & Thimble', 178.9],
  ['LEGAL', 'Quibble Law', 350],
  ['UTILITIES', 'Riverbend Power', 121.75],
  ['OTHER', 'Balloons and Bows', 38.2],
] as const;
const STATUS = ['APPROVED', 'APPROVED', 'PENDING', 'APPROVED', 'NEEDS_REVIEW', 'REJECTED'] as const;

/** The ids of an organization's system categories by code: they are made by trigger and differ from run to run. */
export async function categoryIds(client: SeedClient, office: Office): Promise<Map<string, string>> {
  const { rows } = await client.query(
    'SELECT code, id FROM public.expense_categories WHERE organization_id = $1',
    [office.organizationId],
  );
  return new Map(rows.map((row) => [row.code as string, row.id as string]));
}

/** Expenses with trips, receipts, tax estimates and reports. Needs the listings. */
export function expenseRows(office: Office, categories: ReadonlyMap<string, string>): Batch[] {
  return [
    batch('expenses', [
      ...times(24, (i) => expense(office, categories, i)),
      ...times(4, (i) => trip(office, categories, i)),
    ]),
    batch(
      'receipts',
      times(9, (i) => receipt(office, i)),
    ),
    ...taxRows(office),
  ];
}

function expense(office: Office, categories: ReadonlyMap<string, string>, i: number) {
  const [code, merchant, amount] = pick(SPENT, i);
  const percent = code === 'MEALS' ? 50 : code === 'OTHER' ? 0 : 100;
  return row(office, i, {
    merchant,
    amount: Math.round((amount + i * 3) * 100) / 100,
    category_id: categories.get(code)!,
    listing_id: code === 'REPAIRS' ? officeId(office, 'listing', i % 25) : null,
    deduction_percent: percent,
    trip: null,
  });
}

/** The standard mileage rate: 0.67 in 2024, 0.70 in 2025, 0.725 from 2026 until the next is announced. */
function trip(office: Office, categories: ReadonlyMap<string, string>, i: number) {
  const year = Number(office.calendar.day(-(24 + i) * 5).slice(0, 4));
  const rate = year <= 2024 ? 0.67 : year === 2025 ? 0.7 : 0.725;
  const miles = 22 + i * 7;
  return row(office, 24 + i, {
    merchant: 'Own car',
    amount: Math.round(miles * rate * 100 + 1e-6) / 100,
    category_id: categories.get('MILEAGE')!,
    listing_id: null,
    deduction_percent: 100,
    trip: { miles, rate, to: pick(office.places, i).neighborhood },
  });
}

interface Spent {
  merchant: string;
  amount: number;
  category_id: string;
  listing_id: string | null;
  deduction_percent: number;
  trip: { miles: number; rate: number; to: string } | null;
}

function row(office: Office, i: number, { trip, ...spent }: Spent) {
  const date = office.calendar.day(-i * 5);
  const status = pick(STATUS, i);
  return {
    ...keyed(office, 'expense', i),
    user_id: pick(office.members.agents, i),
    date,
    ...spent,
    currency: 'USD',
    is_deductible: spent.deduction_percent > 0,
    tax_year: Number(date.slice(0, 4)),
    mileage_start: trip ? 'Office' : null,
    mileage_end: trip ? trip.to : null,
    mileage_distance: trip ? trip.miles : null,
    mileage_rate: trip ? trip.rate : null,
    mileage_purpose: trip ? 'Viewing' : null,
    status,
    approved_by_id: status === 'APPROVED' ? office.members.admin : null,
    approved_at: status === 'APPROVED' ? office.calendar.at(-i * 5 + 1, 9) : null,
    rejection_reason: status === 'REJECTED' ? 'Private, as far as we can see.' : null,
    created_at: office.calendar.at(-i * 5, 18),
  };
}

function receipt(office: Office, i: number) {
  const [, merchant, amount] = pick(SPENT, i);
  const read = i % 3 !== 2;
  const hash = officeId(office, 'receipt-hash', i).replaceAll('-', '');
  return {
    ...keyed(office, 'receipt', i),
    expense_id: officeId(office, 'expense', i),
    position: 1,
    file_name: `receipt-${i}.jpg`,
    storage_key: `${office.organizationId}/${officeId(office, 'expense', i)}/receipt-${i}.jpg`,
    file_type: 'image/jpeg',
    file_size_bytes: 180_000 + i * 9_000,
    content_sha256: `\\x${hash}${hash}`,
    ocr_text: read ? `${merchant}\nTOTAL ${(amount + i * 3).toFixed(2)}` : null,
    ocr_confidence: read ? 0.88 : null,
    ocr_processed_at: read ? office.calendar.at(-i * 5, 19) : null,
    merchant_name: read ? merchant : null,
    receipt_date: office.calendar.day(-i * 5),
    receipt_total: read ? Math.round((amount + i * 3) * 100) / 100 : null,
    currency: 'USD',
    is_verified: i < 3,
    verified_by_id: i < 3 ? office.members.admin : null,
    verified_at: i < 3 ? office.calendar.at(-i * 5 + 1, 9) : null,
    uploaded_by_id: pick(office.members.agents, i),
    created_at: office.calendar.at(-i * 5, 18),
  };
}
