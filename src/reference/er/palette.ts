/** Header colours by scope; white text on each has a contrast of at least 4.5 : 1. */
const SCOPE_COLOURS: Readonly<Record<string, string>> = {
  'tenant-root': '#6d28d9',
  tenant: '#1d4ed8',
  'tenant-user': '#0e7490',
  catalogue: '#b45309',
  identity: '#be185d',
  platform: '#475569',
  ingest: '#15803d',
};

export function scopeColour(scope: string): string {
  return SCOPE_COLOURS[scope] ?? '#57534e';
}

interface Theme {
  readonly page: string;
  readonly border: string;
  readonly card: string;
  readonly stripe: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly stub: string;
  readonly key: string;
}

const LIGHT: Theme = {
  page: '#f8fafc',
  border: '#cbd5e1',
  card: '#ffffff',
  stripe: '#f1f5f9',
  ink: '#0f172a',
  muted: '#5b6b80',
  line: '#64748b',
  stub: '#e2e8f0',
  key: '#9a3412',
};

const DARK: Theme = {
  page: '#0f172a',
  border: '#3d4d66',
  card: '#1b2739',
  stripe: '#223047',
  ink: '#e8eef6',
  muted: '#9fb0c6',
  line: '#94a3b8',
  stub: '#33435a',
  key: '#fdba74',
};

const FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Colours as classes rather than variables: viewers outside browsers know the former only. */
export function styleSheet(): string {
  return [
    `text { font-family: ${FONTS}; }`,
    '.title { font-size: 20px; font-weight: 700; } .subtitle { font-size: 12px; }',
    '.name { font-size: 13px; font-weight: 700; fill: #ffffff; } .table { font-size: 10px; fill: #ffffff; fill-opacity: 0.88; }',
    '.module { font-size: 14px; font-weight: 700; } .row { font-size: 11px; } .small { font-size: 10px; } .mark { font-size: 8.5px; font-weight: 700; }',
    '.edge, .foot { fill: none; stroke-width: 1.4; stroke-linecap: round; } .refers { stroke-dasharray: 5 4; }',
    '.end { text-anchor: end; } .middle { text-anchor: middle; } .strong { font-weight: 700; }',
    theme(LIGHT),
    `@media (prefers-color-scheme: dark) {\n${theme(DARK)}\n}`,
  ].join('\n');
}

function theme(colours: Theme): string {
  return [
    `.page { fill: ${colours.page}; stroke: ${colours.border}; }`,
    `.card { fill: ${colours.card}; } .frame { fill: none; stroke: ${colours.border}; }`,
    `.stripe { fill: ${colours.stripe}; } .ink { fill: ${colours.ink}; } .muted { fill: ${colours.muted}; }`,
    `.edge, .foot { stroke: ${colours.line}; } .ring { fill: ${colours.page}; stroke: ${colours.line}; }`,
    `.dot { stroke: ${colours.muted}; } .stub { fill: ${colours.stub}; stroke: ${colours.border}; } .key { fill: ${colours.key}; }`,
  ].join('\n');
}
