import { type Batch, batch, keyed, type Office, officeId, pick } from '../seeding/index.ts';
import { type Investment, simulate } from './investment.ts';

const CASES = [
  { key: 'base', scenario: 'BASE', rent: 1, appreciation: 0.03, vacancy: 0.05 },
  { key: 'good', scenario: 'OPTIMISTIC', rent: 1.08, appreciation: 0.045, vacancy: 0.03 },
  { key: 'bad', scenario: 'PESSIMISTIC', rent: 0.92, appreciation: 0.01, vacancy: 0.1 },
] as const;

/** One property in three cases, and a template. Results are calculated, not invented. */
export function simulationRows(office: Office): Batch[] {
  const { calendar, members } = office;
  const place = office.places[2]!;
  const rows = CASES.map(({ key, scenario, rent, appreciation, vacancy }, i) => {
    const input: Investment = {
      price: place.typicalPrice,
      downPaymentPercent: 25,
      loanYears: 30,
      interestRate: 0.0625,
      monthlyRent: Math.round(place.typicalPrice * 0.0072 * rent),
      propertyTax: Math.round(place.typicalPrice * 0.012),
      insurance: 1_600,
      maintenance: 2_400,
      vacancyRate: vacancy,
      appreciationRate: appreciation,
      holdingYears: 10,
    };
    const results = simulate(input);
    return {
      ...keyed(office, 'simulation', key),
      user_id: pick(members.agents, 0),
      name: `Rental house in ${place.city}, ${pick(['expected', 'good', 'bad'], i)} case`,
      property_address: '156 Larkspur Street',
      zip_code: place.zip,
      city: place.city,
      state: place.state,
      inputs: inputsOf(input),
      results,
      purchase_price: input.price,
      monthly_cash_flow: results.monthly_cash_flow,
      currency: 'USD',
      cap_rate: results.cap_rate,
      cash_on_cash_rate: results.cash_on_cash_rate,
      annual_roi_rate: results.annual_roi_rate,
      irr_rate: results.irr_rate,
      scenario_type: scenario,
      parent_simulation_id: i === 0 ? null : officeId(office, 'simulation', 'base'),
      market_data_id: officeId(office, 'market', `${place.zip}/0`),
      demographics_id: officeId(office, 'demographics', place.zip),
      is_shared: i === 0,
      shared_with_user_ids: i === 1 ? [members.viewer] : [],
      is_template: false,
      template_category: null,
      calculation_version: 'demo-1',
      calculated_at: calendar.at(-6, 14, i),
      tags: ['rental'],
    };
  });
  const template = {
    ...rows[0]!,
    ...keyed(office, 'simulation', 'template'),
    user_id: members.admin,
    name: 'Template: rental house',
    property_address: null,
    zip_code: null,
    city: null,
    state: null,
    results: null,
    monthly_cash_flow: null,
    cap_rate: null,
    cash_on_cash_rate: null,
    annual_roi_rate: null,
    irr_rate: null,
    market_data_id: null,
    demographics_id: null,
    is_shared: false,
    is_template: true,
    template_category: 'rental',
    calculated_at: null,
  };
  return [batch('reid_roi_simulations', [...rows, template])];
}

function inputsOf(input: Investment) {
  return {
    purchase_price: input.price,
    down_payment_percent: input.downPaymentPercent,
    loan_term_years: input.loanYears,
    interest_rate: input.interestRate,
    property_type: 'RESIDENTIAL',
    rental_income_monthly: input.monthlyRent,
    expenses: {
      property_tax: input.propertyTax,
      insurance: input.insurance,
      hoa: 0,
      maintenance: input.maintenance,
      vacancy_rate: input.vacancyRate,
    },
    appreciation_rate: input.appreciationRate,
    holding_period_years: input.holdingYears,
  };
}
