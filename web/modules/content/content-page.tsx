import { useParams } from '@tanstack/react-router';
import { CalendarClock, Eye, PenLine } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { useMemberName } from '../../api/members.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem } from '../../api/problem.ts';
import { useRecord, type Versioned } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { moment, words } from '../../ui/format.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Loaded, SkeletonRows } from '../../ui/states.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';
import { ContentEditor } from './content-editor.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { isSettled, type Step, stepsFrom } from './steps.ts';
import { type Content, pieces, STATUS_TONES } from './words.ts';

const Preview = lazy(() => import('./preview.tsx').then((m) => ({ default: m.Preview })));

const VIEWS = [
  { value: 'write', label: 'Write' },
  { value: 'read', label: 'Read' },
];

/** One piece of content: written, read, and taken through its life. */
export function Page(): ReactNode {
  const { contentId } = useParams({ strict: false }) as { contentId: string };
  const content = useRecord(pieces, contentId);
  return <Loaded of={content}>{(versioned) => <ContentPage versioned={versioned} />}</Loaded>;
}

function ContentPage({ versioned }: { readonly versioned: Versioned<Content> }): ReactNode {
  const { can, pathTo } = useOrganization();
  const memberName = useMemberName();
  const row = versioned.record;
  const mayWrite = isSettled(row.status)
    ? can('content:publish')
    : can('content:write') && row.status !== 'ARCHIVED';
  const [view, setView] = useState(mayWrite ? 'write' : 'read');
  const [scheduling, setScheduling] = useState(false);
  const step = useAction(['content'], (api, name: Step['name']) =>
    api.POST(`/content/{contentId}/${name}` as '/content/{contentId}/publish', {
      params: { path: { contentId: row.id } },
    }),
  );
  const take = ({ name, label }: Step) =>
    step.mutate(name, {
      onSuccess: () => tell(`Done: ${label.toLowerCase()}`),
      onError: (error) => tellProblem(asProblem(error)),
    });
  const maySchedule = can('content:publish') && ['APPROVED', 'SCHEDULED'].includes(row.status);
  return (
    <PageFrame
      title={row.title}
      back={{ label: 'Content', to: pathTo('content') }}
      note={<Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>}
      actions={
        <>
          {maySchedule && (
            <Button icon={CalendarClock} onClick={() => setScheduling(true)}>
              Schedule
            </Button>
          )}
          {stepsFrom(row.status, can).map((one) => (
            <Button
              key={one.name}
              look={one.look ?? 'plain'}
              disabled={step.isPending}
              onClick={() => take(one)}
            >
              {one.label}
            </Button>
          ))}
        </>
      }
    >
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <Card
          title={
            <span className="inline-flex items-center gap-2">
              {view === 'write' ? <PenLine aria-hidden size={16} /> : <Eye aria-hidden size={16} />}
              {view === 'write' ? 'Text' : 'As it reads'}
            </span>
          }
          actions={mayWrite && <Segmented label="View" value={view} onChange={setView} options={VIEWS} />}
        >
          {view === 'write' && mayWrite ? (
            <ContentEditor versioned={versioned} />
          ) : (
            <Suspense fallback={<SkeletonRows />}>
              <Preview text={row.content} />
            </Suspense>
          )}
        </Card>
        <Card title="About">
          <Facts>
            <Fact label="Type">{words(row.contentType)}</Fact>
            <Fact label="Address">{row.slug}</Fact>
            <Fact label="Author">{memberName(row.authorId)}</Fact>
            <Fact label="Changed">{moment(row.updatedAt)}</Fact>
            <Fact label="Scheduled">{moment(row.scheduledAt)}</Fact>
            <Fact label="Published">{moment(row.publishedAt)}</Fact>
          </Facts>
        </Card>
      </div>
      {scheduling && <ScheduleDialog contentId={row.id} onClose={() => setScheduling(false)} />}
    </PageFrame>
  );
}
