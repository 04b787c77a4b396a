/**
 * The strongly connected components of a graph (Tarjan 1972), each before those that lead to it: with edges from a
 * table to the tables it refers to, parents come first. Nodes keep their given order where nothing else decides.
 */
export function components(
  nodes: readonly string[],
  targets: (node: string) => readonly string[],
): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const known = new Set(nodes);

  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node)!);
    open.push(node);
    for (const target of targets(node)) {
      if (!known.has(target)) continue;
      if (!order.has(target)) {
        visit(target);
        low.set(node, Math.min(low.get(node)!, low.get(target)!));
      } else if (open.includes(target)) low.set(node, Math.min(low.get(node)!, order.get(target)!));
    }
    if (low.get(node) !== order.get(node)) return;
    const component = open.splice(open.indexOf(node));
    found.push(component.sort((a, b) => nodes.indexOf(a) - nodes.indexOf(b)));
  };
  for (const node of nodes) if (!order.has(node)) visit(node);
  return found;
}

/**
 * The references that close a cycle, by which no order of inserting can be right: those between tables of one
 * component, a table's references to itself among them.
 */
export function cyclic<E extends { readonly from: string; readonly to: string }>(
  nodes: readonly string[],
  edges: readonly E[],
): E[] {
  const component = new Map<string, number>();
  const groups = components(nodes, (node) => edges.filter((e) => e.from === node).map((e) => e.to));
  groups.forEach((group, i) => {
    for (const node of group) component.set(node, i);
  });
  return edges.filter((e) => component.has(e.from) && component.get(e.from) === component.get(e.to));
}

/**
 * The column by which a reference that closes a cycle is left open until its target is there: the last that may be null,
 * which is enough under MATCH SIMPLE. Undefined where none may.
 */
export function looseColumn(
  columns: readonly string[],
  nullable: (column: string) => boolean,
): string | undefined {
  return columns.findLast(nullable);
}
