import { ListTodo } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useList } from '../../../api/records.ts';
import { useMe } from '../../../api/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card } from '../../../ui/card.tsx';
import { day, words } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { PRIORITY_TONES, type Task, tasks } from './words.ts';

/** Open tasks of the signed-in person, the most urgent first. */
export function Panel(): ReactNode {
  const { pathTo } = useOrganization();
  const me = useMe();
  const query = useList<typeof tasks, Task>(tasks, {
    assignedToId: me.userId,
    'status.in': 'TODO,IN_PROGRESS,REVIEW',
    sort: 'dueDate.nullslast',
    limit: 8,
  });
  return (
    <Card title="Your tasks" flush>
      <Loaded of={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={ListTodo} title="Nothing is waiting for you">
              Tasks that are given to you stand here.
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {data.map((task) => (
                <li key={task.id}>
                  <PageLink
                    to={pathTo(`projects/${task.projectId}`)}
                    className="flex items-center gap-3 px-4 py-2.5 hover:bg-sunken"
                  >
                    <span className="min-w-0 flex-1 truncate font-medium">{task.title}</span>
                    <span className="shrink-0 text-sm text-faint">{day(task.dueDate)}</span>
                    <Badge tone={PRIORITY_TONES[task.priority]}>{words(task.priority)}</Badge>
                  </PageLink>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
