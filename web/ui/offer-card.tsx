import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../api/organization.tsx';
import { Button } from './button.tsx';
import { words } from './format.ts';
import { PageLink } from './page-link.tsx';

/** What is shown of a module, or a feature, that the plan does not include. */
export interface Offer {
  readonly feature: string;
  readonly title: string;
  readonly gives: readonly string[];
}

/** What a feature would give, where the plan does not include it. */
export function OfferCard({ offer }: { readonly offer: Offer | undefined }): ReactNode {
  const { overview, pathTo, can } = useOrganization();
  return (
    <div className="max-w-xl rounded-lg border border-line bg-paper p-6">
      <p className="text-lg font-semibold">Not part of the {words(overview.tier)} plan</p>
      {offer && (
        <>
          <p className="mt-1 text-soft">With it, {overview.name} gets:</p>
          <ul className="mt-3 space-y-2">
            {offer.gives.map((gift) => (
              <li key={gift} className="flex gap-2">
                <Check aria-hidden size={18} className="mt-0.5 shrink-0 text-good" />
                {gift}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-5">
        {can('subscription:read') ? (
          <Button look="primary" asChild>
            <PageLink to={pathTo('plan')}>See plan and usage</PageLink>
          </Button>
        ) : (
          <span className="text-soft">An owner or admin can change the plan.</span>
        )}
      </p>
    </div>
  );
}
