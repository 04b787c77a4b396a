import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageLink } from '../../ui/page-link.tsx';
import type { NavigationGroup } from './navigation.ts';

/** The pages there are, in groups. */
export function Sidebar(props: {
  readonly navigation: readonly NavigationGroup[];
  readonly switcher: ReactNode;
}): ReactNode {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <div className="flex min-h-0 w-full flex-col">
      <div className="flex h-12 shrink-0 items-center border-b border-line px-2">{props.switcher}</div>
      <nav aria-label="Pages" className="scroll-thin min-h-0 flex-1 overflow-y-auto p-2">
        {props.navigation.map(({ label, links }) => (
          <div key={label ?? ''} className="mb-3">
            {label && <p className="px-2 pt-2 pb-1 text-xs font-semibold text-faint">{label}</p>}
            <ul>
              {links.map(({ label: text, to, icon: Icon }) => (
                <li key={to}>
                  <PageLink
                    to={to}
                    aria-current={isAt(path, to) ? 'page' : undefined}
                    className="flex h-8 items-center gap-2.5 rounded-md px-2 text-soft hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-strong"
                  >
                    <Icon aria-hidden size={17} className="shrink-0" />
                    <span className="truncate">{text}</span>
                  </PageLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  );
}

/** Whether a page, or one below it, is shown; the first page of all has no page below. */
function isAt(path: string, to: string): boolean {
  if (/^\/(o\/[^/]+|platform)$/.test(to)) return path.replace(/\/$/, '') === to;
  return path === to || path.startsWith(`${to}/`);
}
