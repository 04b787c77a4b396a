const FIRST = [
  'Agatha',
  'Basil',
  'Cordelia',
  'Dashiell',
  'Euphemia',
  'Fergus',
  'Gwendolyn',
  'Horatio',
  'Isadora',
  'Jethro',
  'Kerensa',
  'Lysander',
  'Minerva',
];
const LAST = [
  'Applewhistle',
  'Bumblecroft',
  'Crumpet',
  'Dewberry',
  'Featherstitch',
  'Gumdrop',
  'Hollowtree',
  'Inkwell',
  'Jellicoe',
  'Kettleby',
  'Lampwick',
];

/** An invented person; the same index of the same office is always the same person. */
export function person(office: string, index: number): { name: string; email: string; phone: string } {
  const shift = office.length;
  const first = FIRST[(index + shift) % FIRST.length]!;
  const last = LAST[(index * 3 + shift) % LAST.length]!;
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}.${index}@example.com`.toLowerCase(),
    // 555-0100 to 555-0199 are kept free for fiction.
    phone: `+1 ${office.includes('quill') ? '512' : '303'} 555 ${String(100 + index).padStart(4, '0')}`,
  };
}
