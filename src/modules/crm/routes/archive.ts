import { type AnyRoute, recordOf, route } from '../../../http/index.ts';
import { ARCHIVED, type ArchivedNoun, archiveRecord, unarchiveRecord } from '../archive.ts';
import { idOf } from './answers.ts';

const named = (noun: string) => `${noun[0]!.toUpperCase()}${noun.slice(1)}`;

/** The same two routes for each kind of record that is archived. */
export const archiveRoutes: AnyRoute[] = ARCHIVED.flatMap((noun) => [archive(noun), unarchive(noun)]);

function archive(noun: ArchivedNoun): AnyRoute {
  return route({
    method: 'post',
    path: `/${noun}s/{${noun}Id}/archive`,
    operationId: `archive${named(noun)}`,
    summary: `Archive a ${noun}`,
    description:
      'It can be read, and changed no more, until it is taken out again. Repeating it changes nothing.',
    permission: 'crm:write',
    params: idOf(noun),
    answers: { 200: { description: 'Archived', schema: recordOf(named(noun)) } },
    handler: ({ db, params }) => archiveRecord(db, noun, params[`${noun}Id`]),
  });
}

function unarchive(noun: ArchivedNoun): AnyRoute {
  return route({
    method: 'post',
    path: `/${noun}s/{${noun}Id}/unarchive`,
    operationId: `unarchive${named(noun)}`,
    summary: `Take a ${noun} out of the archive`,
    permission: 'crm:write',
    params: idOf(noun),
    answers: { 200: { description: 'In use again', schema: recordOf(named(noun)) } },
    refusals: { PLAN_LIMIT_REACHED: 'The plan has no room for it.' },
    handler: ({ db, who, params }) => unarchiveRecord(db, noun, params[`${noun}Id`], who),
  });
}
