import { useParams } from '@tanstack/react-router';
import { Pencil, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../../api/action.ts';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem } from '../../../api/problem.ts';
import { useRecord, type Versioned } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { day, money, words } from '../../../ui/format.ts';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { Select } from '../../../ui/select.tsx';
import { useShortcut } from '../../../ui/shortcut.ts';
import { Loaded } from '../../../ui/states.tsx';
import { tell, tellProblem } from '../../../ui/toast.tsx';
import { TaskBoard } from './task-board.tsx';
import {
  PROJECT_FIELDS,
  PROJECT_STATUSES,
  PROJECT_TONES,
  type Project,
  projects,
  TASK_FIELDS,
  tasks,
} from './words.ts';

/** One project with the board of its tasks. */
export function Page(): ReactNode {
  const { projectId } = useParams({ strict: false }) as { projectId: string };
  const project = useRecord(projects, projectId);
  return <Loaded of={project}>{(versioned) => <ProjectPage versioned={versioned} />}</Loaded>;
}

function ProjectPage({ versioned }: { readonly versioned: Versioned<Project> }): ReactNode {
  const { can, pathTo } = useOrganization();
  const memberName = useMemberName();
  const [changing, setChanging] = useState(false);
  const [making, setMaking] = useState(false);
  const row = versioned.record;
  const open = can('workspace:write') && row.archivedAt === null;
  useShortcut('n', () => open && setMaking(true));
  const setStatus = useAction(['projects', 'tasks'], (api, status: Project['status']) =>
    api.POST('/projects/{projectId}/status', { params: { path: { projectId: row.id } }, body: { status } }),
  );
  const onStatus = (status: string) =>
    setStatus.mutate(status as Project['status'], {
      onSuccess: () => tell(`The project is ${words(status).toLowerCase()}`),
      onError: (error) => tellProblem(asProblem(error)),
    });
  return (
    <PageFrame
      fills
      title={row.name}
      back={{ label: 'Projects', to: pathTo('projects') }}
      note={<Badge tone={PROJECT_TONES[row.status]}>{words(row.status)}</Badge>}
      description={[
        memberName(row.projectManagerId),
        row.dueDate && `due ${day(row.dueDate)}`,
        row.budget && money(row.budget, row.currency, true),
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={
        open && (
          <>
            <Select
              aria-label="Status"
              value={row.status}
              onChange={onStatus}
              options={PROJECT_STATUSES}
              className="w-36"
            />
            <Button icon={Pencil} onClick={() => setChanging(true)}>
              Change
            </Button>
            <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
              New task
            </Button>
          </>
        )
      }
    >
      <div className="max-w-md pb-4">
        <Progress label="Done" value={row.progressPercentage / 100} />
      </div>
      <TaskBoard projectId={row.id} mayMove={open} />
      {changing && (
        <RecordDialog
          collection={projects}
          noun="project"
          specs={PROJECT_FIELDS}
          record={versioned}
          onClose={() => setChanging(false)}
        />
      )}
      {making && (
        <RecordDialog
          collection={tasks}
          noun="task"
          specs={TASK_FIELDS}
          fixed={{ projectId: row.id }}
          onClose={() => setMaking(false)}
        />
      )}
    </PageFrame>
  );
}
