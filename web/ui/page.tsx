import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { classes } from './classes.ts';
import { PageLink } from './page-link.tsx';

export interface PageProps {
  readonly title: string;
  /** Beside the title: a count, a status. */
  readonly note?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons at its right. */
  readonly actions?: ReactNode;
  /** The list that a record belongs to. */
  readonly back?: { readonly label: string; readonly to: string };
  readonly children: ReactNode;
  /** Fills the window, so that a list scrolls inside; else the page scrolls. */
  readonly fills?: boolean;
}

/** A page of the application: its heading, its actions, what it holds. */
export function Page({ title, note, description, actions, back, children, fills }: PageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Lotline`;
  }, [title]);
  return (
    <div className={classes('flex flex-col', fills ? 'h-full min-h-0' : 'min-h-full')}>
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-4 pb-3 md:px-6 md:pt-5">
        <div className="min-w-0 flex-1 basis-56">
          {back && (
            <PageLink
              to={back.to}
              className="mb-0.5 inline-flex items-center gap-0.5 text-sm text-soft hover:text-ink hover:underline"
            >
              <ChevronLeft aria-hidden size={14} />
              {back.label}
            </PageLink>
          )}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {note}
          </div>
          {description && <div className="mt-0.5 text-soft">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={classes('min-h-0 flex-1 px-4 pb-6 md:px-6', fills && 'flex flex-col')}>{children}</div>
    </div>
  );
}
