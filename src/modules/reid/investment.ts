/** A rental investment; money in dollars, rates as fractions, costs per year. */
export interface Investment {
  readonly price: number;
  readonly downPaymentPercent: number;
  readonly loanYears: number;
  readonly interestRate: number;
  readonly monthlyRent: number;
  readonly propertyTax: number;
  readonly insurance: number;
  readonly maintenance: number;
  readonly vacancyRate: number;
  readonly appreciationRate: number;
  readonly holdingYears: number;
}

const cents = (value: number) => Math.round(value * 100) / 100;
const fraction = (value: number) => Math.round(value * 1e6) / 1e6;

/**
 * Figures of an investment for the demonstration simulations, as `reid_roi_simulations.results` holds them.
 * Basis: the purchase price, without closing costs and taxes on income; sold at the end of the holding time at its
 * appreciated value. Loan payment by the annuity formula; the internal rate of return by bisection.
 */
export function simulate(input: Investment) {
  const loan = input.price * (1 - input.downPaymentPercent / 100);
  const invested = input.price - loan;
  const monthlyRate = input.interestRate / 12;
  const months = input.loanYears * 12;
  const payment = (loan * monthlyRate) / (1 - (1 + monthlyRate) ** -months);
  const operating =
    input.monthlyRent * 12 * (1 - input.vacancyRate) -
    input.propertyTax -
    input.insurance -
    input.maintenance;
  const cashFlow = operating - payment * 12;

  const years = Array.from({ length: input.holdingYears }, (_, i) => {
    const paid = (i + 1) * 12;
    const balance =
      loan * (1 + monthlyRate) ** paid - (payment * ((1 + monthlyRate) ** paid - 1)) / monthlyRate;
    const value = input.price * (1 + input.appreciationRate) ** (i + 1);
    return {
      year: i + 1,
      cash_flow: cents(cashFlow),
      property_value: cents(value),
      loan_balance: cents(balance),
      equity: cents(value - balance),
    };
  });
  const equity = years.at(-1)!.equity;
  const flows = [-invested, ...years.map((y, i) => y.cash_flow + (i === years.length - 1 ? equity : 0))];
  const total = (cashFlow * input.holdingYears + equity - invested) / invested;
  const breakEven = years.find((y) => cashFlow * y.year + y.equity >= invested)?.year ?? null;
  return {
    total_roi_rate: fraction(total),
    annual_roi_rate: fraction((1 + total) ** (1 / input.holdingYears) - 1),
    cash_on_cash_rate: fraction(cashFlow / invested),
    cap_rate: fraction(operating / input.price),
    irr_rate: fraction(internalRate(flows)),
    net_present_value: cents(presentValue(flows, 0.08)),
    monthly_cash_flow: cents(cashFlow / 12),
    annual_cash_flow: cents(cashFlow),
    total_equity: equity,
    break_even_year: breakEven,
    year_by_year: years,
  };
}

function presentValue(flows: readonly number[], rate: number): number {
  return flows.reduce((sum, flow, year) => sum + flow / (1 + rate) ** year, 0);
}

/** The rate at which the flows are worth nothing today; one change of sign is assumed. */
function internalRate(flows: readonly number[]): number {
  let [low, high] = [-0.99, 10];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (presentValue(flows, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
