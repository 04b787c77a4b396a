import type { Case } from './case.ts';

const peek = (
  options: string,
) => `CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql STABLE ${options} AS 'SELECT count(*) FROM public.leads';
  REVOKE EXECUTE ON FUNCTION app.peek() FROM PUBLIC; ALTER FUNCTION app.peek() OWNER TO lotline_owner;`;

export const functionCases: readonly Case[] = [
  {
    check: 'definer-search-path',
    finds: 'a definer function without a search_path',
    breaks: peek('SECURITY DEFINER'),
    object: 'app.peek',
  },
  {
    check: 'definer-search-path',
    finds: 'a definer function whose search_path the caller can fill',
    breaks: peek('SECURITY DEFINER SET search_path = public'),
    object: 'app.peek',
  },
  {
    check: 'definer-executable-by-public',
    finds: 'a definer function for everybody',
    breaks: 'GRANT EXECUTE ON FUNCTION app.my_organizations() TO PUBLIC',
    object: 'app.my_organizations',
  },
  {
    check: 'definer-owner',
    finds: 'a definer function of the application',
    breaks: 'ALTER FUNCTION app.my_organizations() OWNER TO lotline_app',
    object: 'app.my_organizations',
  },
  {
    check: 'function-executable-by-public',
    finds: 'a function for everybody',
    breaks: `${peek("SET search_path = ''")} GRANT EXECUTE ON FUNCTION app.peek() TO PUBLIC`,
    object: 'app.peek',
  },
  {
    check: 'function-search-path',
    finds: 'a function without a search_path',
    breaks: peek(''),
    object: 'app.peek',
  },
  {
    check: 'function-leakproof',
    finds: 'a function that the planner trusts',
    breaks: peek("LEAKPROOF SET search_path = ''"),
    object: 'app.peek',
  },
  {
    check: 'view-reads-as-owner',
    finds: 'a view of the owner of the tables',
    breaks: 'CREATE VIEW public.all_leads WITH (security_barrier) AS SELECT * FROM public.leads',
    object: 'all_leads',
  },
  {
    check: 'view-reads-as-owner',
    finds: 'a view that was taken from its reader',
    breaks: 'ALTER VIEW public.marketplace_public_reviews OWNER TO lotline_platform',
    object: 'marketplace_public_reviews',
  },
  {
    check: 'view-without-barrier',
    finds: 'a view that lost its barrier',
    breaks: 'ALTER VIEW public.marketplace_public_reviews RESET (security_barrier)',
    object: 'marketplace_public_reviews',
  },
  {
    check: 'view-writable',
    finds: 'a view that the application may write through',
    breaks: 'GRANT UPDATE ON public.marketplace_public_reviews TO lotline_app',
    object: 'marketplace_public_reviews lotline_app',
  },
];
