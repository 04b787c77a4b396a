import { MapPinOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Empty } from '../ui/states.tsx';

export function NotFound(): ReactNode {
  return (
    <Empty
      icon={MapPinOff}
      title="There is no such page"
      action={
        <Button asChild>
          <PageLink to="/">Go to the start</PageLink>
        </Button>
      }
    >
      The address may be mistyped, or what stood here was removed.
    </Empty>
  );
}
