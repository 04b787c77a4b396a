import type { ReferenceModule } from './source.ts';

/** The order in which a reader should meet the modules; one that is not named here follows by name. */
const READING_ORDER = [
  'organizations',
  'crm',
  'transactions',
  'workspace',
  'content',
  'ai',
  'analytics',
  'admin',
  'marketplace',
  'reid',
  'expense-tax',
  'campaigns',
];

/** The modules that are in use, each once, in reading order, with the title that a page shows. */
export function orderModules(names: Iterable<string>): ReferenceModule[] {
  const rank = (name: string) => {
    const index = READING_ORDER.indexOf(name);
    return index === -1 ? READING_ORDER.length : index;
  };
  return [...new Set(names)]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => ({ name, title: titleOf(name) }));
}

/** `expense-tax` → `Expense & Tax`; a stem of up to four letters is an abbreviation: `crm` → `CRM`. */
function titleOf(name: string): string {
  if (name.length <= 4) return name.toUpperCase();
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' & ');
}
