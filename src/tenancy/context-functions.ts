import { readFileSync } from 'node:fs';

/** A verified reader: its name, type, and the expression on the parts of the token that it returns. */
interface Reader {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly absent: string;
  readonly says: string;
}

const READERS: readonly Reader[] = [
  {
    name: 'current_organization_id',
    type: 'uuid',
    value: "nullif(split_part(token, '.', 1), '')::pg_catalog.uuid",
    absent: 'NULL',
    says: 'The tenant of this transaction, or null where none is set.',
  },
  {
    name: 'current_user_id',
    type: 'uuid',
    value: "nullif(split_part(token, '.', 2), '')::pg_catalog.uuid",
    absent: 'NULL',
    says: 'The person of this transaction, or null where none is set.',
  },
  {
    name: 'current_org_role',
    type: 'text',
    value: "nullif(split_part(token, '.', 3), '')",
    absent: 'NULL',
    says: 'The role of the person in the tenant, or null.',
  },
  {
    name: 'is_org_admin',
    type: 'boolean',
    value: "split_part(token, '.', 3) IN ('OWNER', 'ADMIN')",
    absent: 'false',
    says: 'Whether the person is OWNER or ADMIN of the tenant; false where none is set.',
  },
];

/**
 * The functions of the signed context. Each reader verifies for itself: one that called another would pay the
 * price of a second function with its own search_path, which is more than the verification.
 *
 * pg_temp stands last in their search_path and types are written with their schema: left out of the path it would come
 * first, and a type that a caller made there would run the caller's code with the owner's rights.
 */
export function contextFunctions(owner: string, types: ContextTypes = {}): string {
  const fixed = readFileSync(new URL('./sql/context.sql', import.meta.url), 'utf8').replaceAll(
    '{{owner}}',
    owner,
  );
  return [fixed.trim(), ...READERS.map((r) => readerSql(typed(r, types)))].join('\n\n');
}

/** SQL types of the keys of tenants and persons, `uuid` unless told. */
export interface ContextTypes {
  readonly tenantType?: string | undefined;
  readonly userType?: string | undefined;
}

function typed(reader: Reader, { tenantType = 'uuid', userType = 'uuid' }: ContextTypes): Reader {
  const type = reader.name === 'current_organization_id' ? tenantType : userType;
  if (reader.type !== 'uuid' || type === 'uuid') return reader;
  return { ...reader, type, value: reader.value.replace('pg_catalog.uuid', `pg_catalog.${type}`) };
}

function readerSql({ name, type, value, absent, says }: Reader): string {
  return `-- ${says} Fails with 42501 where the context is forged, expired or signed by a retired key.
CREATE OR REPLACE FUNCTION app.${name}() RETURNS ${type}
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token pg_catalog.text := current_setting('app.context', true);
  inner_key pg_catalog.bytea;
  outer_key pg_catalog.bytea;
BEGIN
  IF token IS NULL OR token = '' THEN
    RETURN ${absent};
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO inner_key, outer_key
  FROM app.context_keys k
  WHERE k.id::pg_catalog.text = split_part(token, '.', 4) AND (k.expires_at IS NULL OR k.expires_at > now());
  -- The signature comes first: only what the server has signed is read as number or uuid.
  IF outer_key IS NOT NULL
    AND right(token, 65) = '.' || encode(sha256(outer_key || sha256(inner_key || convert_to(left(token, -65), 'UTF8'))), 'hex')
    AND to_timestamp(split_part(token, '.', 5)::pg_catalog.float8) > now()
  THEN
    RETURN ${value};
  END IF;
  RAISE EXCEPTION 'the tenant context is not valid' USING ERRCODE = '42501',
    HINT = 'It is signed by the server and lives for a limited time. Sign in again; if that does not help, check the context key.';
END $$;`;
}
