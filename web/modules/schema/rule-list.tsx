import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SchemaModel } from '../../api/models.ts';
import { classes } from '../../ui/classes.ts';
import { accessOf, conditionWords } from './policy-words.ts';

const ROLE = 'lotline_app';

/** Who may do what with the rows of a model: in words, with the SQL that PostgreSQL enforces below. */
export function RuleList({ model }: { readonly model: SchemaModel }): ReactNode {
  const floors = model.policies.filter((p) => !p.permissive && p.roles.includes(ROLE));
  return (
    <div className="space-y-4">
      <ul className="space-y-3">
        {accessOf(ROLE, model.policies, model.grants).map(({ operation, words, sql }) => {
          const Icon = sql.length > 0 ? Check : X;
          return (
            <li key={operation} className="flex gap-2.5">
              <Icon
                aria-hidden
                size={17}
                className={classes('mt-0.5 shrink-0', sql.length > 0 ? 'text-good' : 'text-faint')}
              />
              <div className="min-w-0">
                <p>{words}</p>
                {sql.length > 0 && (
                  <details>
                    <summary className="text-sm text-faint">SQL</summary>
                    <code className="block text-sm break-words text-soft">{sql.join(' OR ')}</code>
                  </details>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {floors.length > 0 && (
        <div className="rounded-md bg-sunken p-3">
          <p className="font-medium">The floor under all of this</p>
          {floors.map((floor) => (
            <p key={floor.name} className="text-sm text-soft">
              Whatever is added later, a row is out of reach unless{' '}
              {conditionWords(floor.using ?? floor.check ?? 'true')}.
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
