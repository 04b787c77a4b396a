import { useRouterState } from '@tanstack/react-router';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Overview } from '../../api/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { useShortcut } from '../../ui/shortcut.ts';
import { AlertStrip } from './alert-strip.tsx';
import type { NavigationGroup } from './navigation.ts';
import { Notifications } from './notifications-button.tsx';
import { PersonButton } from './person-button.tsx';
import { Sidebar } from './sidebar.tsx';

const Drawer = lazy(() => import('./drawer.tsx').then((m) => ({ default: m.Drawer })));
const Palette = lazy(() => import('./palette.tsx').then((m) => ({ default: m.Palette })));

export interface FrameProps {
  readonly navigation: readonly NavigationGroup[];
  readonly switcher: ReactNode;
  /** The organization that is worked in; none for the platform’s staff. */
  readonly organization?: Overview;
  readonly children: ReactNode;
}

/** Navigation at the left (behind a button on phones), a bar on top, the page. */
export function Frame({ navigation, switcher, organization, children }: FrameProps): ReactNode {
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when the page changes
  useEffect(() => setDrawer(false), [path]);
  useShortcut('mod+k', () => setPalette(true));
  return (
    <div className="flex h-dvh bg-canvas">
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-paper px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="hidden w-60 shrink-0 border-r border-line bg-paper lg:flex">
        <Sidebar navigation={navigation} switcher={switcher} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line bg-paper px-2 md:px-4">
          <IconButton
            icon={MenuIcon}
            label="Open navigation"
            className="lg:hidden"
            aria-expanded={drawer}
            onClick={() => setDrawer(true)}
          />
          <button
            type="button"
            onClick={() => setPalette(true)}
            className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-faint hover:bg-sunken md:max-w-sm md:flex-none md:basis-96 md:border md:border-line md:bg-canvas"
          >
            <Search aria-hidden size={16} className="shrink-0" />
            <span className="flex-1 truncate">Search or go to …</span>
            <kbd className="hidden rounded-sm border border-line px-1 font-sans text-xs md:inline">
              {/Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl'} K
            </kbd>
          </button>
          <span className="hidden flex-1 md:block" />
          {organization && <Notifications />}
          <PersonButton {...(organization ? { slug: organization.slug } : {})} />
        </header>
        {organization && <AlertStrip />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
        <main id="page" tabIndex={0} className="scroll-thin min-h-0 flex-1 overflow-y-auto outline-none">
          {children}
        </main>
      </div>
      {drawer && (
        <Suspense fallback={null}>
          <Drawer onClose={() => setDrawer(false)}>
            <Sidebar navigation={navigation} switcher={switcher} />
          </Drawer>
        </Suspense>
      )}
      {palette && (
        <Suspense fallback={null}>
          <Palette navigation={navigation} organization={organization} onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}
