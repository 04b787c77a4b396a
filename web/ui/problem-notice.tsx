import type { ReactNode } from 'react';
import type { Problem } from '../api/problem.ts';
import { Notice } from './notice.tsx';

/** What was refused, above a form. */
export function ProblemNotice({ problem }: { readonly problem: Problem | undefined }): ReactNode {
  if (!problem) return null;
  return (
    <Notice tone="bad" title={problem.detail}>
      {problem.hint}
    </Notice>
  );
}
