import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { NavigationGroup } from './navigation.ts';

/** The pages there are, in groups. */
export function Sidebar(props: {
  readonly navigation: readonly NavigationGroup[];
  readonly switcher: ReactNode;
}): ReactNode {
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
                  <Link
                    to={to as never}
                    activeOptions={{ exact: /^\/(o\/[^/]+|platform)$/.test(to), includeSearch: false }}
                    className="flex h-8 items-center gap-2.5 rounded-md px-2 text-soft hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-strong"
                  >
                    <Icon aria-hidden size={17} className="shrink-0" />
                    <span className="truncate">{text}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  );
}
