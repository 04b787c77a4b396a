import type { Permission } from '../../auth/permissions.ts';
import type { ContentStatus } from '../../generated/prisma/enums.ts';

export interface Step {
  readonly from: readonly ContentStatus[];
  readonly to: ContentStatus;
  /** Who may take it; what readers outside get to see, or lose, needs `content:publish`. */
  readonly permission: Permission;
  readonly summary: string;
}

/** The life of content: the one table of its steps. Taking a step again, where it leads already, changes nothing. */
export const STEPS = {
  submit: {
    from: ['DRAFT'],
    to: 'REVIEW',
    permission: 'content:write',
    summary: 'Hand a draft in for review',
  },
  return: {
    from: ['REVIEW', 'APPROVED'],
    to: 'DRAFT',
    permission: 'content:write',
    summary: 'Give content back for more work',
  },
  approve: {
    from: ['REVIEW'],
    to: 'APPROVED',
    permission: 'content:publish',
    summary: 'Approve content as it is',
  },
  schedule: {
    from: ['APPROVED', 'SCHEDULED'],
    to: 'SCHEDULED',
    permission: 'content:publish',
    summary: 'Publish content at a time on the wall clock of a zone',
  },
  publish: {
    from: ['APPROVED', 'SCHEDULED'],
    to: 'PUBLISHED',
    permission: 'content:publish',
    summary: 'Publish content now',
  },
  unpublish: {
    from: ['PUBLISHED', 'SCHEDULED'],
    to: 'APPROVED',
    permission: 'content:publish',
    summary: 'Take content back from publication, or from its schedule',
  },
  archive: {
    from: ['DRAFT', 'REVIEW', 'APPROVED', 'SCHEDULED', 'PUBLISHED'],
    to: 'ARCHIVED',
    permission: 'content:publish',
    summary: 'Put content away',
  },
  restore: {
    from: ['ARCHIVED'],
    to: 'DRAFT',
    permission: 'content:write',
    summary: 'Take content out of the archive, as a draft',
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;

/** The text of these was approved: it changes by `revise`, or after the content was given back. */
export const SETTLED: readonly ContentStatus[] = ['APPROVED', 'SCHEDULED', 'PUBLISHED'];

/** Only these are deleted, as the policy of the table has it. */
export const DELETABLE: readonly ContentStatus[] = ['DRAFT', 'ARCHIVED'];

/** The names of the steps that lead on from a status. */
export const stepsFrom = (status: ContentStatus): StepName[] =>
  (Object.keys(STEPS) as StepName[]).filter((name) =>
    (STEPS[name].from as readonly ContentStatus[]).includes(status),
  );
