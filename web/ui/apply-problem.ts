import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { Problem } from '../api/problem.ts';

/**
 * Puts what the server found at the fields it names, and leads to the first.
 * @returns what belongs to no field of the form; undefined where all was placed
 */
export function applyProblem<V extends FieldValues>(
  form: UseFormReturn<V>,
  problem: Problem,
): Problem | undefined {
  const fields = new Set(Object.keys(form.getValues()));
  const nameOf = (field: string) => field.split('.')[0]!;
  const placed = problem.errors.filter((e) => fields.has(nameOf(e.field)));
  for (const [i, { field, code, message }] of placed.entries())
    form.setError(nameOf(field) as Path<V>, { type: code, message }, { shouldFocus: i === 0 });
  const left = problem.errors.filter((e) => !placed.includes(e));
  if (placed.length > 0 && left.length === 0) return undefined;
  if (left.length === 0) return problem;
  return new Problem({
    ...problem,
    detail: left.map((e) => `${e.field}: ${e.message}`).join(' '),
    hint: problem.hint,
    request: problem.request,
  });
}
