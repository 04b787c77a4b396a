import { useCallback, useMemo } from 'react';
import type { Model } from './client.ts';
import { useView } from './view.ts';

export type Member = Model<'MemberView'>;

const NONE: readonly Member[] = [];

/** The members who have not left; empty while they are read. */
export function useMembers(): readonly Member[] {
  const { data } = useView({
    key: ['members'],
    tables: ['organization_members', 'users'],
    load: (api, signal) => api.GET('/members', { signal }) as Promise<{ data?: { data: Member[] } }>,
  });
  return useMemo(() => data?.data.filter((m) => m.leftAt === null) ?? NONE, [data]);
}

/** @returns gives the name of a member by id */
export function useMemberName(): (id: string | null | undefined) => string {
  const members = useMembers();
  return useCallback(
    (id) => {
      const member = members.find((m) => m.userId === id);
      return member ? (member.name ?? member.email) : '';
    },
    [members],
  );
}
