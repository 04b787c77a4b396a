/** `TransactionLoop` → `Transaction loop`; `REIDMarketData` → `REID market data`. */
export function modelTitle(name: string): string {
  const parts = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ');
  return parts.map((part, i) => (i === 0 || /^[A-Z]{2,}$/.test(part) ? part : part.toLowerCase())).join(' ');
}

/** `assignedToId` → `Assigned to`; `createdAt` → `Created at`. */
export function fieldTitle(name: string): string {
  const text = name
    .replace(/Id$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return text === '' || name === 'id' ? 'Id' : text.charAt(0).toUpperCase() + text.slice(1);
}

/** `expense-tax` → `Expense & Tax`; up to four letters are an abbreviation: `crm` → `CRM`. */
export function moduleTitle(name: string): string {
  if (name.length <= 4) return name.toUpperCase();
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' & ');
}
