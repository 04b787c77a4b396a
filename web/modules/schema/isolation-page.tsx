import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { Card } from '../../ui/card.tsx';
import { TextInput } from '../../ui/field.tsx';
import { number } from '../../ui/format.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Loaded } from '../../ui/states.tsx';
import { readReport } from './isolation-report.ts';
import { Matrix } from './matrix.tsx';
import { Walls } from './walls.tsx';

/** What keeps tenants apart, and what was tried to break it. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const [text, setText] = useState('');
  const report = useQuery({
    queryKey: ['isolation'],
    queryFn: async () => readReport((await import('../../../docs/reference/isolation.md?raw')).default),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <PageFrame
      title="Isolation"
      description={
        <>
          What keeps organizations apart, and what was tried to break it.{' '}
          <PageLink to={pathTo('schema')} className="text-accent underline">
            The schema
          </PageLink>
        </>
      }
    >
      <div className="max-w-6xl space-y-4">
        <Walls />
        <Loaded of={report}>
          {(shown) => {
            const wanted = text.trim().toLowerCase();
            return (
              <>
                <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
                  <Stat
                    label="Tables attacked"
                    value={number(shown.tables.length)}
                    note="every one there is"
                  />
                  <Stat
                    label="Kinds of attackers"
                    value={number(shown.actors.length)}
                    note="members, strangers, forgers"
                  />
                  <Stat
                    label="Operations on each"
                    value={number(shown.operations.length)}
                    note="reading, writing, copying"
                  />
                  <Stat
                    label="Sabotages noticed"
                    value={number(shown.mutants)}
                    note="the boundary broken on purpose"
                  />
                </div>
                <Card
                  title="Who reaches which rows"
                  flush
                  actions={
                    <TextInput
                      type="search"
                      aria-label="Find a table"
                      placeholder="Find a table"
                      value={text}
                      onChange={setText}
                      className="max-w-48"
                    />
                  }
                >
                  <Matrix
                    report={shown}
                    tables={shown.tables.filter((t) => t.table.includes(wanted.replaceAll(' ', '_')))}
                  />
                </Card>
              </>
            );
          }}
        </Loaded>
      </div>
    </PageFrame>
  );
}
