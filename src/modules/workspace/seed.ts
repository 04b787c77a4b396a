import { type Batch, batch, keyed, type Office, officeId, pick, times } from '../seeding/index.ts';

const PROJECTS = [
  { name: 'Stage and photograph the spring listings', status: 'ACTIVE', progress: 45 },
  { name: 'Move the archive to the cloud', status: 'PLANNING', progress: 0 },
  { name: 'Renovate the show flat', status: 'COMPLETED', progress: 100 },
  { name: 'Neighbourhood guide', status: 'ON_HOLD', progress: 20 },
] as const;
const STEPS = ['Collect the facts', 'Agree the budget', 'Book the people', 'Review the result'];

/** Projects with tasks, attachments, notifications, activity log and metered use. Needs customers, listings, deals. */
export function workspaceRows(office: Office): Batch[] {
  const { calendar, members } = office;
  const everyone = [members.owner, members.admin, ...members.agents];
  return [
    batch(
      'projects',
      PROJECTS.map(({ name, status, progress }, i) => ({
        ...keyed(office, 'project', i),
        name,
        description: 'Runs beside the daily work; see the tasks.',
        status,
        priority: pick(['HIGH', 'MEDIUM', 'LOW', 'CRITICAL'], i),
        start_date: calendar.day(-60 + i * 5),
        due_date: calendar.day(20 + i * 10),
        completion_date: status === 'COMPLETED' ? calendar.day(-5) : null,
        budget: 2_500 * (i + 1),
        currency: 'USD',
        progress_percentage: progress,
        customer_id: i % 2 === 0 ? officeId(office, 'customer', i) : null,
        project_manager_id: i % 2 === 0 ? members.admin : members.owner,
      })),
    ),
    batch(
      'tasks',
      PROJECTS.flatMap((project, p) =>
        STEPS.map((title, t) => ({
          ...keyed(office, 'task', `${p}/${t}`),
          project_id: officeId(office, 'project', p),
          // The last step is a part of the one before.
          parent_task_id: t === 3 ? officeId(office, 'task', `${p}/2`) : null,
          title,
          status:
            project.progress > t * 25
              ? project.progress >= (t + 1) * 25
                ? 'DONE'
                : 'IN_PROGRESS'
              : pick(['TODO', 'REVIEW'], t),
          priority: pick(['MEDIUM', 'HIGH', 'LOW'], t),
          assigned_to_id: pick(members.agents, p + t),
          created_by_id: members.admin,
          due_date: calendar.day(-10 + p * 6 + t * 7),
          estimated_hours: 4 + t * 2,
          actual_hours: project.progress >= (t + 1) * 25 ? 5 + t : null,
          tags: [],
          position: t,
        })),
      ),
    ),
    batch(
      'attachments',
      times(8, (i) => ({
        ...keyed(office, 'attachment', i),
        entity_type: pick(['listing', 'deal', 'project', 'contact'], i),
        entity_id: officeId(office, pick(['listing', 'deal', 'project', 'contact'], i), i % 4),
        file_name: pick(['Floor plan.pdf', 'Offer letter.pdf', 'Budget.xlsx', 'Card.jpg'], i),
        file_size: 20_000 + i * 4_321,
        mime_type: pick(
          [
            'application/pdf',
            'application/pdf',
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            'image/jpeg',
          ],
          i,
        ),
        file_path: `${office.organizationId}/attachments/${officeId(office, 'attachment', i)}`,
        uploaded_by_id: pick(members.agents, i),
      })),
    ),
    batch(
      'notifications',
      everyone.flatMap((user, u) =>
        times(4, (i) => ({
          ...keyed(office, 'notification', `${u}/${i}`),
          user_id: user,
          type: pick(['INFO', 'SUCCESS', 'WARNING', 'INFO'], i),
          title: pick(
            [
              'A lead was assigned to you',
              'The offer was accepted',
              'A task is overdue',
              'The weekly report is ready',
            ],
            i,
          ),
          message: pick(
            [
              'See what the visitor asked for.',
              'Tell the client and start the paperwork.',
              'It was due three days ago.',
              'Numbers of the last seven days.',
            ],
            i,
          ),
          action_url: pick(['/leads', '/deals', '/tasks', '/reports'], i),
          entity_type: i === 0 ? 'lead' : null,
          entity_id: i === 0 ? officeId(office, 'lead', u) : null,
          dedupe_key: `demo:${i}`,
          read_at: i % 2 === 0 ? null : calendar.at(-i, 17),
          created_at: calendar.at(-i - 1, 8, u),
        })),
      ),
    ),
    batch(
      'activity_logs',
      times(16, (i) => ({
        ...keyed(office, 'activity-log', i),
        user_id: i % 5 === 4 ? null : pick(everyone, i),
        action: pick(['SIGNED_IN', 'LISTING_UPDATED', 'LEAD_ASSIGNED', 'EXPORT_MADE', 'NIGHTLY_JOB'], i),
        resource_type: pick(['session', 'listing', 'lead', 'report', 'job'], i),
        resource_id: i % 5 === 1 ? officeId(office, 'listing', i % 25) : null,
        old_data: i % 5 === 1 ? { status: 'ACTIVE' } : null,
        new_data: i % 5 === 1 ? { status: 'PENDING' } : null,
        ip_address: '192.0.2.30',
        created_at: calendar.at(-i, 10, i),
      })),
    ),
    batch(
      'usage_tracking',
      times(3, (m) => m).flatMap((m) =>
        ['AI_TOKENS', 'API_CALLS', 'STORAGE'].map((resource, r) => ({
          ...keyed(office, 'usage', `${m}/${resource}`),
          user_id: pick(members.agents, m),
          resource_type: resource,
          resource_name: pick(['assistant', 'rest', 'documents'], r),
          usage_amount: [48_000, 1_900, 730_000_000][r]! + m * 1_000,
          billing_period: calendar.month(-m),
          metadata: null,
          created_at: calendar.at(-m * 30, 3),
        })),
      ),
    ),
  ];
}
