import { useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { asProblem, type Problem } from '../api/problem.ts';
import { applyProblem } from './apply-problem.ts';

/** Sends a form that is no record: what is refused goes to its fields, the rest is told above them. */
export function useSubmit<V extends FieldValues>(form: UseFormReturn<V>, send: (values: V) => Promise<void>) {
  const [problem, setProblem] = useState<Problem>();
  const submit = async (values: V) => {
    setProblem(undefined);
    try {
      await send(values);
    } catch (error) {
      setProblem(applyProblem(form, asProblem(error)));
    }
  };
  return { submit, problem, busy: form.formState.isSubmitting };
}
