import { type Batch, batch, keyed, type Office, type Place, pick, times } from '../seeding/index.ts';
import { adviceRows } from './advice.ts';
import { simulationRows } from './simulations.ts';

const MONTHS = 12;
const SOURCE = { data_source: 'demo', is_verified: true, confidence_score: 0.8 };

/** Market data, demographics and schools of the office's areas, and what its people made of them. Figures are invented. */
export function reidRows(office: Office): Batch[] {
  return [
    batch('reid_market_data', [
      ...office.places.flatMap((place) => times(MONTHS, (m) => zipMonth(office, place, m))),
      countryMonth(office),
    ]),
    batch(
      'reid_demographics',
      office.places.map((place, i) => demographics(office, place, i)),
    ),
    batch(
      'reid_schools',
      office.places.flatMap((place, i) => times(2, (s) => school(office, place, i, s))),
    ),
    ...simulationRows(office),
    ...adviceRows(office),
  ];
}

const area = (place: Place | null) => ({
  area_type: place ? 'ZIP' : 'COUNTRY',
  zip_code: place?.zip ?? null,
  city: place?.city ?? null,
  county: place?.county ?? null,
  state: place?.state ?? null,
});

/** The month so many months ago; prices rise half a percent a month and a little more in spring. */
function zipMonth(office: Office, place: Place, ago: number) {
  const date = office.calendar.month(-ago - 1);
  const spring = [3, 4, 5].includes(Number(date.slice(5, 7))) ? 1.01 : 1;
  const price = Math.round((place.typicalPrice * spring) / 1.005 ** ago);
  const active = 60 + ((ago * 17) % 40);
  const sold = 20 + ((ago * 11) % 15);
  return {
    ...keyed(office, 'market', `${place.zip}/${ago}`),
    ...area(place),
    report_date: date,
    period_type: 'MONTHLY',
    property_type: 'ALL',
    seasonally_adjusted: false,
    median_price: price,
    avg_price: Math.round(price * 1.06),
    min_price: Math.round(price * 0.4),
    max_price: Math.round(price * 3.1),
    price_per_sqft: Math.round(price / 1_850),
    median_list_price: Math.round(price * 1.02),
    home_value_index: Math.round(price * 0.98),
    rent_index: Math.round(price * 0.0042),
    price_change_rate: 0.005,
    active_listings: active,
    new_listings: sold + 6,
    sold_listings: sold,
    pending_listings: 14 + (ago % 6),
    inventory_months: Math.round((active / sold) * 100) / 100,
    days_on_market: 18 + ((ago * 5) % 22),
    sale_to_list_ratio: 0.985,
    absorption_ratio: Math.round((sold / active) * 1e6) / 1e6,
    price_drop_share: 0.22,
    sold_above_list_share: 0.17,
    off_market_in_two_weeks_share: 0.35,
    ...SOURCE,
    source_vintage: office.calendar.day(-3),
  };
}

function countryMonth(office: Office) {
  const month = zipMonth(office, { ...office.places[0]!, zip: 'country', typicalPrice: 420_000 }, 0);
  return {
    ...month,
    ...area(null),
    active_listings: 1_150_000,
    new_listings: 410_000,
    sold_listings: 330_000,
    pending_listings: 300_000,
    inventory_months: 3.48,
    absorption_ratio: 0.286957,
  };
}

function demographics(office: Office, place: Place, i: number) {
  const income = Math.round(place.typicalPrice * 0.16);
  return {
    ...keyed(office, 'demographics', place.zip),
    ...area(place),
    report_year: office.calendar.year - 2,
    total_population: 18_000 + i * 6_500,
    households: 8_200 + i * 2_500,
    labor_force_size: 11_000 + i * 3_500,
    population_density: 4_100 - i * 700,
    population_growth_rate: 0.012 + i * 0.004,
    avg_household_size: 2.2 + i * 0.2,
    age_distribution: { '0-17': 0.19, '18-34': 0.33, '35-54': 0.28, '55+': 0.2 },
    income_distribution: { under_50k: 0.24, '50k_100k': 0.3, '100k_200k': 0.32, over_200k: 0.14 },
    education_levels: { high_school: 0.16, some_college: 0.25, bachelor: 0.34, graduate: 0.2 },
    median_age: 34.2 + i,
    median_income: income,
    avg_income: Math.round(income * 1.25),
    median_home_value: place.typicalPrice,
    median_rent: Math.round(place.typicalPrice * 0.0036),
    poverty_rate: 0.09,
    high_school_rate: 0.93,
    college_rate: 0.54,
    employment_rate: 0.957,
    unemployment_rate: 0.043,
    homeownership_rate: 0.46 + i * 0.06,
    renter_rate: 0.54 - i * 0.06,
    top_industries: [
      { name: 'Professional services', share: 0.19 },
      { name: 'Education and health', share: 0.18 },
    ],
    diversity_index: 0.58,
    ...SOURCE,
  };
}

function school(office: Office, place: Place, i: number, s: number) {
  const kind = pick(['ELEMENTARY', 'MIDDLE', 'HIGH', 'COMBINED'], i + s * 2);
  const rating = 5 + ((i * 3 + s * 2) % 5);
  return {
    ...keyed(office, 'school', `${place.zip}/${s}`),
    name: `${pick(['Larkspur', 'Juniper', 'Pebble Creek', 'Marigold', 'Thistle'], i + s)} ${pick(['Elementary', 'Middle', 'High', 'Academy'], i + s * 2)} (demo)`,
    school_type: kind,
    sector: pick(['PUBLIC', 'CHARTER', 'PUBLIC', 'PRIVATE'], i * 2 + s),
    district_name: `${place.county} demonstration district`,
    district_code: `demo-${place.state}-${place.county.toLowerCase()}`,
    address: `${100 + i * 40} School Road`,
    city: place.city,
    state: place.state,
    zip_code: place.zip,
    county: place.county,
    latitude: Math.round((place.latitude + 0.006 * (s + 1)) * 1e6) / 1e6,
    longitude: Math.round((place.longitude - 0.005 * (s + 1)) * 1e6) / 1e6,
    rating_overall: rating,
    rating_source: 'demo',
    rating_history: [{ year: office.calendar.year - 1, source: 'demo', rating }],
    test_scores: { mathematics: 58 + rating * 3, reading: 61 + rating * 3 },
    total_students: 420 + i * 90,
    student_teacher_ratio: 14.5 + s,
    low_income_rate: 0.28,
    graduation_rate: kind === 'HIGH' ? 0.91 : null,
    advanced_placement: kind === 'HIGH',
    extracurriculars: ['Choir', 'Robotics'],
    serves_grades: pick(['K-5', '6-8', '9-12', 'K-12'], i + s * 2),
    external_id: `demo-${place.zip}-${s}`,
    ...SOURCE,
  };
}
