import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { moment, words } from '../../../ui/format.ts';

export interface Entry {
  readonly id: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly oldData: Readonly<Record<string, unknown>> | null;
  readonly newData: Readonly<Record<string, unknown>> | null;
  readonly ipAddress: string | null;
  readonly createdAt: string;
}

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** A change in a line; opened, the values before and after. */
export function ActivityEntry({ entry }: { readonly entry: Entry }): ReactNode {
  const fields = [...new Set([...Object.keys(entry.oldData ?? {}), ...Object.keys(entry.newData ?? {})])];
  return (
    <li>
      <details className="group">
        <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2.5 hover:bg-sunken">
          <ChevronRight
            aria-hidden
            size={15}
            className="shrink-0 text-faint transition-transform group-open:rotate-90"
          />
          <span className="min-w-0 flex-1">
            <span className="font-medium">{entry.actorName ?? 'The platform'}</span>{' '}
            <span className="text-soft">
              {words(entry.action).toLowerCase()} · {words(entry.resourceType).toLowerCase()}
            </span>
          </span>
          <time dateTime={entry.createdAt} className="text-sm text-faint">
            {moment(entry.createdAt)}
          </time>
        </summary>
        <div className="scroll-thin overflow-x-auto px-4 pb-4 pl-11">
          <p className="pb-2 text-sm text-faint">
            {entry.resourceId && <>Record {entry.resourceId}</>}
            {entry.ipAddress && <> · from {entry.ipAddress}</>}
          </p>
          {fields.length > 0 && (
            <table className="w-full text-left text-sm">
              <thead>
                <tr className="text-soft">
                  <th className="py-1 pr-4 font-medium">Field</th>
                  <th className="py-1 pr-4 font-medium">Before</th>
                  <th className="py-1 font-medium">After</th>
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <tr key={field} className="align-top">
                    <td className="py-0.5 pr-4 whitespace-nowrap">{field}</td>
                    <td className="max-w-64 py-0.5 pr-4 break-words text-soft">
                      {shown(entry.oldData?.[field])}
                    </td>
                    <td className="max-w-64 py-0.5 break-words">{shown(entry.newData?.[field])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </details>
    </li>
  );
}
