import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'role-missing',
  title: 'A role of the boundary does not exist',
  why: 'Policies and privileges are given to roles by name. Without the role, whoever logs in instead is outside the boundary.',
  mend: 'Create the role, then apply the migrations.',
  also: [],
  level: 'error',
  async run({ roles, facts }) {
    const live = new Set((await facts.roles()).map((r) => r.name));
    return [roles.owner, ...applicationRoles(roles)]
      .filter((role) => !live.has(role))
      .map((role) => ({
        object: role,
        detail: `The role ${role} does not exist on this server.`,
        remedy:
          'npm run db:apply creates the roles of a new server; on one that was restored, create the role again and give it its privileges',
      }));
  },
};
