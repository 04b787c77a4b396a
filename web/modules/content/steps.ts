import type { components } from '../../generated/api.d.ts';

type Status = components['schemas']['ContentStatus'];

/** A step of the life of content, as the server's table has it (`src/modules/content/status.ts`). */
export interface Step {
  readonly name: 'submit' | 'return' | 'approve' | 'publish' | 'unpublish' | 'archive' | 'restore';
  readonly label: string;
  readonly from: readonly Status[];
  readonly permission: string;
  readonly look?: 'primary';
}

export const STEPS: readonly Step[] = [
  {
    name: 'submit',
    label: 'Hand in for review',
    from: ['DRAFT'],
    permission: 'content:write',
    look: 'primary',
  },
  { name: 'approve', label: 'Approve', from: ['REVIEW'], permission: 'content:publish', look: 'primary' },
  {
    name: 'publish',
    label: 'Publish now',
    from: ['APPROVED', 'SCHEDULED'],
    permission: 'content:publish',
    look: 'primary',
  },
  {
    name: 'return',
    label: 'Give back as a draft',
    from: ['REVIEW', 'APPROVED'],
    permission: 'content:write',
  },
  { name: 'unpublish', label: 'Take back', from: ['PUBLISHED', 'SCHEDULED'], permission: 'content:publish' },
  { name: 'restore', label: 'Take out of the archive', from: ['ARCHIVED'], permission: 'content:write' },
  {
    name: 'archive',
    label: 'Archive',
    from: ['DRAFT', 'REVIEW', 'APPROVED', 'SCHEDULED', 'PUBLISHED'],
    permission: 'content:publish',
  },
];

/** Steps that lead on from a status, for who has the permissions. */
export const stepsFrom = (status: Status, can: (permission: string) => boolean): readonly Step[] =>
  STEPS.filter((step) => step.from.includes(status) && can(step.permission));

/** The text of these was approved: it is revised by who may publish, or given back first. */
export const isSettled = (status: Status): boolean => ['APPROVED', 'SCHEDULED', 'PUBLISHED'].includes(status);
