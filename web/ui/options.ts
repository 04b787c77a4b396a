import { words } from './format.ts';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

/** Constants of the API with the words for them: `optionsOf<Model<'ContactType'>>('PROSPECT', 'CLIENT')`. */
export function optionsOf<Value extends string>(...values: readonly Value[]): readonly Option<Value>[] {
  return values.map((value) => ({ value, label: words(value) }));
}
