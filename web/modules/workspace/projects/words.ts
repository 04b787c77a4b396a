import type { Model } from '../../../api/client.ts';
import { collection } from '../../../api/collection.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';
import type { FieldSpec } from '../../../ui/editor/field-spec.ts';
import { optionsOf } from '../../../ui/options.ts';

export const projects = collection<'Project'>('projects');
export const tasks = collection<'Task'>('tasks');
export type Project = Model<'Project'>;
export type Task = Model<'Task'>;
export type TaskStatus = Model<'TaskStatus'>;

export const PROJECT_STATUSES = optionsOf<Model<'ProjectStatus'>>(
  'PLANNING',
  'ACTIVE',
  'ON_HOLD',
  'COMPLETED',
  'CANCELLED',
);
export const TASK_STATUSES = optionsOf<TaskStatus>('TODO', 'IN_PROGRESS', 'REVIEW', 'DONE', 'CANCELLED');
export const PRIORITIES = optionsOf<Model<'Priority'>>('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');

export const PROJECT_TONES: Readonly<Record<Model<'ProjectStatus'>, BadgeTone>> = {
  PLANNING: 'info',
  ACTIVE: 'good',
  ON_HOLD: 'warn',
  COMPLETED: 'neutral',
  CANCELLED: 'neutral',
};

export const PRIORITY_TONES: Readonly<Record<Model<'Priority'>, BadgeTone>> = {
  LOW: 'neutral',
  MEDIUM: 'info',
  HIGH: 'warn',
  CRITICAL: 'bad',
};

/** The status changes by a route of its own, which looks after open tasks. */
export const PROJECT_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', kind: 'text', required: true },
  {
    name: 'priority',
    label: 'Priority',
    kind: 'select',
    options: PRIORITIES,
    required: true,
    half: true,
    initial: 'MEDIUM',
  },
  { name: 'projectManagerId', label: 'Manager', kind: 'member', half: true },
  { name: 'startDate', label: 'Begins', kind: 'date', half: true },
  { name: 'dueDate', label: 'Due', kind: 'date', half: true },
  { name: 'budget', label: 'Budget', kind: 'money', half: true },
  { name: 'description', label: 'Description', kind: 'area' },
];

export const TASK_FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  {
    name: 'priority',
    label: 'Priority',
    kind: 'select',
    options: PRIORITIES,
    required: true,
    half: true,
    initial: 'MEDIUM',
  },
  { name: 'dueDate', label: 'Due', kind: 'date', half: true },
  { name: 'assignedToId', label: 'For', kind: 'member', half: true },
  { name: 'estimatedHours', label: 'Estimated hours', kind: 'decimal', half: true },
  { name: 'tags', label: 'Tags', kind: 'tags' },
  { name: 'description', label: 'Description', kind: 'area' },
];
