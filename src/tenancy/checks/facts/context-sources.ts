import type { Boundary } from '../../boundary.ts';
import { contextFunctions } from '../../context-functions.ts';

/** A function of the signed context as the compiler writes it. */
export interface ContextSource {
  /** `app.current_organization_id` */
  readonly name: string;
  readonly body: string;
  readonly definer: boolean;
  /** The whole CREATE OR REPLACE statement. */
  readonly sql: string;
}

/** The functions that set and verify the context, without those that are of another kind. */
export function contextSources(boundary: Boundary): ContextSource[] {
  const statements = contextFunctions(boundary.roles.owner, boundary).split(
    /(?=CREATE OR REPLACE FUNCTION )/,
  );
  return statements.flatMap((statement) => {
    const [sql, name, head, body] =
      /^CREATE OR REPLACE FUNCTION (app\.\w+)\([^)]*\)([\s\S]*?)AS \$\$([\s\S]*?)\$\$;/.exec(statement) ?? [];
    if (!sql || !name || !head || !body) return [];
    return [{ name, body, definer: head.includes('SECURITY DEFINER'), sql }];
  });
}
