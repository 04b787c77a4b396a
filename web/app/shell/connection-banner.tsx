import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnection } from '../../api/connection.ts';

/** Says that the server cannot be reached, as long as that is so. */
export function ConnectionBanner(): ReactNode {
  const connection = useConnection();
  return (
    <div role="status" aria-live="polite" className="fixed inset-x-0 top-0 z-50 flex justify-center">
      {connection !== 'connected' && (
        <p className="m-2 flex items-center gap-2 rounded-md border border-warn/40 bg-warn-soft px-3 py-2 text-sm font-medium text-warn shadow-pop">
          <CloudOff aria-hidden size={16} />
          {connection === 'offline'
            ? 'You are offline. What you type is kept; saving works when you are back.'
            : 'The server does not answer. Trying again; what you type is kept.'}
        </p>
      )}
    </div>
  );
}
