import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Toasts } from '../ui/toast.tsx';
import { Mark } from './mark.tsx';
import { ConnectionBanner } from './shell/connection-banner.tsx';
import { SessionGate } from './shell/session-gate.tsx';

/** Around every page: whether the server is there, whether the session is, and what was just done. */
export function Root(): ReactNode {
  return (
    <>
      <ConnectionBanner />
      <Outlet />
      <SessionGate />
      <Toasts />
    </>
  );
}

/** The frame of pages outside an organization. */
export function PlainFrame(): ReactNode {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-8 sm:py-14">
      <a href="/" className="mb-6 inline-flex items-center gap-2 rounded-md text-lg font-semibold">
        <Mark size={28} />
        Lotline
      </a>
      <main className="w-full max-w-md">
        <Outlet />
      </main>
    </div>
  );
}
