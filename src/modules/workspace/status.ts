import type { ProjectStatus, TaskStatus } from '../../generated/prisma/enums.ts';
import type { Transitions } from './transitions.ts';

/** The life of a project. A completed one is reopened, a cancelled one planned anew. */
export const PROJECT_STEPS: Transitions<ProjectStatus> = {
  PLANNING: ['ACTIVE', 'ON_HOLD', 'CANCELLED'],
  ACTIVE: ['PLANNING', 'ON_HOLD', 'COMPLETED', 'CANCELLED'],
  ON_HOLD: ['PLANNING', 'ACTIVE', 'COMPLETED', 'CANCELLED'],
  COMPLETED: ['ACTIVE'],
  CANCELLED: ['PLANNING'],
};

/** The life of a task. A board lets cards go both ways; what is over is reopened before it goes on. */
export const TASK_STEPS: Transitions<TaskStatus> = {
  TODO: ['IN_PROGRESS', 'REVIEW', 'DONE', 'CANCELLED'],
  IN_PROGRESS: ['TODO', 'REVIEW', 'DONE', 'CANCELLED'],
  REVIEW: ['TODO', 'IN_PROGRESS', 'DONE', 'CANCELLED'],
  DONE: ['TODO', 'IN_PROGRESS', 'REVIEW'],
  CANCELLED: ['TODO'],
};

export const TASK_STATUSES = Object.keys(TASK_STEPS) as TaskStatus[];
export const PROJECT_STATUSES = Object.keys(PROJECT_STEPS) as ProjectStatus[];

/** Whether something is still to be done. */
export const isOpen = (status: TaskStatus): boolean => status !== 'DONE' && status !== 'CANCELLED';
