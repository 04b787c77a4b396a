/** What an activity's `outcome` says where it is the history of a deal: `{"crm":{"kind":"stage","from","to"}}`. */
export function stageMove(
  outcome: string | null,
): { readonly from: string; readonly to: string } | undefined {
  if (!outcome?.startsWith('{"crm"')) return undefined;
  try {
    const { crm } = JSON.parse(outcome) as { crm: { kind: string; from: string | null; to: string } };
    return crm.kind === 'stage' ? { from: crm.from ?? 'New', to: crm.to } : undefined;
  } catch {
    return undefined;
  }
}
