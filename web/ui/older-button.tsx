import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface OlderButtonProps {
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
}

/** Loads the next page of a list that shows the newest first, as long as there is one. */
export function OlderButton({ of }: OlderButtonProps): ReactNode {
  if (!of.hasNextPage) return null;
  return (
    <Button busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
      Show older
    </Button>
  );
}
