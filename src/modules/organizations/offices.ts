import type { Place } from '../seeding/index.ts';

export type OrgRole = 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER';

export interface PersonSeed {
  readonly name: string;
  readonly email: string;
  /** Role on the platform. */
  readonly userRole: 'SUPER_ADMIN' | 'ADMIN' | 'MODERATOR' | 'EMPLOYEE';
  readonly orgRole: OrgRole;
  readonly left?: true;
}

export interface OfficeSeed {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly domain: string;
  readonly timezone: string;
  readonly msa: string;
  /** Null leaves the trial that every new organization has. */
  readonly plan: { tier: string; cycle: string } | null;
  readonly people: readonly PersonSeed[];
  readonly places: readonly Place[];
}

const staff = (name: string, email: string, orgRole: OrgRole, left?: true): PersonSeed => ({
  name,
  email,
  orgRole,
  userRole: 'EMPLOYEE',
  ...(left ? { left } : {}),
});

/** The organization that operates the platform and publishes its catalogue. */
export const PLATFORM = {
  slug: 'lotline',
  name: 'Lotline',
  people: [
    { name: 'Rowena Boundary', email: 'rowena@lotline.example', userRole: 'SUPER_ADMIN', orgRole: 'OWNER' },
    { name: 'Edmund Parcel', email: 'edmund@lotline.example', userRole: 'ADMIN', orgRole: 'ADMIN' },
    { name: 'Odette Survey', email: 'odette@lotline.example', userRole: 'MODERATOR', orgRole: 'MEMBER' },
  ] satisfies PersonSeed[],
};

/** Two invented brokerages. Names of firms and people denote nobody; places, ZIP codes and metropolitan areas are real. */
export const OFFICES: readonly OfficeSeed[] = [
  {
    slug: 'quillmarsh-realty',
    name: 'Quillmarsh Realty',
    description: 'A demonstration brokerage for homes in and around Austin.',
    domain: 'quillmarsh.example',
    timezone: 'America/Chicago',
    msa: '12420',
    plan: { tier: 'ELITE', cycle: 'YEARLY' },
    people: [
      staff('Ottoline Quill', 'ottoline@quillmarsh.example', 'OWNER'),
      staff('Barnaby Marsh', 'barnaby@quillmarsh.example', 'ADMIN'),
      staff('Clementine Fizzlethorpe', 'clementine@quillmarsh.example', 'MEMBER'),
      staff('Humphrey Dingle', 'humphrey@quillmarsh.example', 'MEMBER'),
      staff('Petronella Swoop', 'petronella@quillmarsh.example', 'MEMBER'),
      staff('Mortimer Ledgerby', 'mortimer@quillmarsh.example', 'VIEWER'),
      staff('Zebedee Gone', 'zebedee@quillmarsh.example', 'MEMBER', true),
    ],
    places: [
      {
        city: 'Austin',
        county: 'Travis',
        state: 'TX',
        zip: '78704',
        neighborhood: 'Bouldin Creek',
        latitude: 30.245,
        longitude: -97.766,
        typicalPrice: 785_000,
      },
      {
        city: 'Austin',
        county: 'Travis',
        state: 'TX',
        zip: '78745',
        neighborhood: 'Garrison Park',
        latitude: 30.207,
        longitude: -97.796,
        typicalPrice: 515_000,
      },
      {
        city: 'Round Rock',
        county: 'Williamson',
        state: 'TX',
        zip: '78664',
        neighborhood: 'Old Town',
        latitude: 30.507,
        longitude: -97.653,
        typicalPrice: 405_000,
      },
      {
        city: 'Georgetown',
        county: 'Williamson',
        state: 'TX',
        zip: '78626',
        neighborhood: 'Old Town',
        latitude: 30.641,
        longitude: -97.659,
        typicalPrice: 438_000,
      },
    ],
  },
  {
    slug: 'oddfern-properties',
    name: 'Oddfern Property Partners',
    description: 'A demonstration brokerage on trial, selling along the Front Range.',
    domain: 'oddfern.example',
    timezone: 'America/Denver',
    msa: '19740',
    plan: null,
    people: [
      staff('Philippa Oddfern', 'philippa@oddfern.example', 'OWNER'),
      staff('Cuthbert Plumb', 'cuthbert@oddfern.example', 'ADMIN'),
      staff('Lavinia Thistlewick', 'lavinia@oddfern.example', 'MEMBER'),
      staff('Rufus Pumpernickel', 'rufus@oddfern.example', 'MEMBER'),
      staff('Ione Wobblestone', 'ione@oddfern.example', 'MEMBER'),
      staff('Gideon Tallyman', 'gideon@oddfern.example', 'VIEWER'),
      staff('Hester Faraway', 'hester@oddfern.example', 'MEMBER', true),
    ],
    places: [
      {
        city: 'Denver',
        county: 'Denver',
        state: 'CO',
        zip: '80205',
        neighborhood: 'Whittier',
        latitude: 39.759,
        longitude: -104.966,
        typicalPrice: 640_000,
      },
      {
        city: 'Denver',
        county: 'Denver',
        state: 'CO',
        zip: '80211',
        neighborhood: 'Highland',
        latitude: 39.767,
        longitude: -105.02,
        typicalPrice: 745_000,
      },
      {
        city: 'Lakewood',
        county: 'Jefferson',
        state: 'CO',
        zip: '80226',
        neighborhood: 'Belmar',
        latitude: 39.712,
        longitude: -105.07,
        typicalPrice: 528_000,
      },
      {
        city: 'Boulder',
        county: 'Boulder',
        state: 'CO',
        zip: '80302',
        neighborhood: 'Mapleton Hill',
        latitude: 40.02,
        longitude: -105.29,
        typicalPrice: 1_120_000,
      },
    ],
  },
];

/** Somebody of the demo who may sign in. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly organization: string;
  readonly organizationName: string;
  readonly role: string;
}

/** Everybody of the demo who may sign in: who left has no account. */
export function demoPeople(): readonly DemoPerson[] {
  return [PLATFORM, ...OFFICES].flatMap(({ slug, name: organizationName, people }) =>
    people.flatMap((p: PersonSeed) =>
      p.left ? [] : [{ name: p.name, email: p.email, organization: slug, organizationName, role: p.orgRole }],
    ),
  );
}

const GUIDES = ['ottoline@', 'clementine@', 'mortimer@', 'philippa@', 'rowena@'];

/** One of each kind, so that a newcomer need not read a list. */
export function demoGuides(): readonly DemoPerson[] {
  const people = demoPeople();
  return GUIDES.map((start) => people.find((p) => p.email.startsWith(start))!);
}
