import { type Batch, batch, keyed, type Office, officeId, pick } from '../seeding/index.ts';
import { ASSUMPTIONS, quarter, yearlyTax } from './estimate.ts';

/** Flat income tax of the demo states; Texas has none. */
const STATE_RATE: Record<string, number> = { CO: 0.044, TX: 0 };

const cents = (value: number) => Math.round(value * 100) / 100;

/** Estimates of two agents for the four quarters of last year, one of the organization for the year, and reports. */
export function taxRows(office: Office): Batch[] {
  const { calendar, members } = office;
  const year = calendar.year - 1;
  const quarters = members.agents.slice(0, 2).flatMap((user, a) =>
    ([1, 2, 3, 4] as const).map((number) => {
      const { start, end, due } = quarter(year, number);
      return estimate(office, `${a}/${number}`, {
        user,
        year,
        number,
        start,
        end,
        due,
        income: 24_000 + a * 6_000,
        deductions: 5_200 + a * 900,
        divisor: 4,
        paid: a === 0,
      });
    }),
  );
  const whole = estimate(office, 'organization', {
    user: null,
    year,
    number: null,
    start: `${year}-01-01`,
    end: `${year}-12-31`,
    due: null,
    income: 310_000,
    deductions: 96_500,
    divisor: 1,
    paid: false,
  });
  return [
    batch('tax_estimates', [...quarters, whole]),
    batch(
      'tax_reports',
      (['SCHEDULE_C', 'EXPENSE_SUMMARY'] as const).map((type, i) => ({
        ...keyed(office, 'tax-report', type),
        user_id: pick([members.agents[0]!, members.admin], i),
        name: pick([`Schedule C ${year}`, `Expenses ${year}`], i),
        template_type: type,
        tax_year: year,
        status: 'COMPLETED',
        file_key: `${office.organizationId}/${officeId(office, 'tax-report', type)}.pdf`,
        file_format: 'PDF',
        file_size_bytes: 38_400,
        currency: 'USD',
        total_income: 96_000,
        total_expenses: 22_400,
        total_deductions: 20_800,
        categories_count: 11,
        expenses_count: 64,
        is_shared: i === 1,
        shared_with_user_ids: i === 1 ? [members.viewer] : [],
        generated_at: calendar.at(-9, 9, i),
        generation_time_ms: 1_400,
        created_at: calendar.at(-9, 9, i),
      })),
    ),
  ];
}

interface Estimated {
  user: string | null;
  year: number;
  number: number | null;
  start: string;
  end: string;
  due: string | null;
  income: number;
  deductions: number;
  /** Periods of this kind in a year. */
  divisor: number;
  paid: boolean;
}

function estimate(
  office: Office,
  key: string,
  { user, year, number, start, end, due, income, deductions, divisor, paid }: Estimated,
) {
  const state = office.places[0]!.state;
  const net = income - deductions;
  const whole = yearlyTax(net * divisor, STATE_RATE[state] ?? 0);
  const federal = cents(whole.federal / divisor);
  const stateTax = cents(whole.state / divisor);
  const selfEmployment = cents(whole.selfEmployment / divisor);
  const total = cents(federal + stateTax + selfEmployment);
  return {
    ...keyed(office, 'tax-estimate', key),
    user_id: user,
    calculated_by_id: user ?? office.members.admin,
    tax_year: year,
    quarter: number,
    period_start: start,
    period_end: end,
    currency: 'USD',
    total_income: income,
    total_expenses: deductions + 300,
    total_deductions: deductions,
    net_income: net,
    estimated_tax_rate: Math.round((total / net) * 1e6) / 1e6,
    state_code: state,
    federal_tax_estimated: federal,
    state_tax_estimated: stateTax,
    self_employment_tax: selfEmployment,
    total_tax_estimated: total,
    amount_paid: paid ? total : 0,
    paid_at: paid ? `${due}T15:00:00Z` : null,
    payment_due_date: due,
    payment_status: paid ? 'SUCCEEDED' : 'PENDING',
    calculation_method: 'SIMPLIFIED',
    assumptions: ASSUMPTIONS,
  };
}
