/** Single filers 2026: upper limits of the brackets in dollars, rates, standard deduction (see the project's tax notes). */
const LIMITS = [12_400, 50_400, 105_700, 201_775, 256_225, 640_600, Number.POSITIVE_INFINITY];
const RATES = [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37];
const STANDARD_DEDUCTION = 16_100;
const SOCIAL_SECURITY_BASE = 184_500;

const cents = (value: number) => Math.round(value * 100) / 100;

/**
 * The tax of one self-employed person without other income for a whole year, for the demonstration rows: Schedule SE
 * (92.35 percent of net income; 12.4 percent up to the base, 2.9 percent on all), half of it deducted, then the
 * brackets above. No credits, no QBI.
 * @param net income less deductions, dollars a year
 * @param stateRate flat rate of the state, 0 where it has no income tax
 */
export function yearlyTax(net: number, stateRate: number) {
  const base = net * 0.9235;
  const selfEmployment = base < 400 ? 0 : Math.min(base, SOCIAL_SECURITY_BASE) * 0.124 + base * 0.029;
  const taxable = Math.max(0, net - selfEmployment / 2 - STANDARD_DEDUCTION);
  let federal = 0;
  LIMITS.forEach((limit, i) => {
    const from = i === 0 ? 0 : LIMITS[i - 1]!;
    federal += Math.max(0, Math.min(taxable, limit) - from) * RATES[i]!;
  });
  return {
    federal: cents(federal),
    state: cents(taxable * stateRate),
    selfEmployment: cents(selfEmployment),
  };
}

export const ASSUMPTIONS = {
  filing_status: 'single',
  parameters: 2026,
  standard_deduction: STANDARD_DEDUCTION,
};

/** Periods of Form 1040-ES: first and last day, and the day it is due, moved from a weekend to Monday. */
export function quarter(year: number, number: 1 | 2 | 3 | 4): { start: string; end: string; due: string } {
  const [start, end, due] = {
    1: [`${year}-01-01`, `${year}-03-31`, `${year}-04-15`],
    2: [`${year}-04-01`, `${year}-05-31`, `${year}-06-15`],
    3: [`${year}-06-01`, `${year}-08-31`, `${year}-09-15`],
    4: [`${year}-09-01`, `${year}-12-31`, `${year + 1}-01-15`],
  }[number] as [string, string, string];
  const day = new Date(`${due}T00:00:00Z`);
  const shift = { 6: 2, 0: 1 }[day.getUTCDay()] ?? 0;
  return { start, end, due: new Date(day.getTime() + shift * 86_400_000).toISOString().slice(0, 10) };
}
