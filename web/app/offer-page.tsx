import type { ReactNode } from 'react';
import { type Offer, OfferCard } from '../ui/offer-card.tsx';
import { Page } from '../ui/page.tsx';

/** The page of a module or a feature that the plan does not include. */
export function OfferPage({ offer }: { readonly offer: Offer | undefined }): ReactNode {
  return (
    <Page title={offer?.title ?? 'Not in your plan'}>
      <OfferCard offer={offer} />
    </Page>
  );
}
