import type { ReactNode } from 'react';
import { Badge } from './badge.tsx';

export function Tags({ tags }: { readonly tags: readonly string[] }): ReactNode {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}
