/**
 * The circles of a graph: each set of nodes that all reach one another, two or more, sorted; a node that
 * leads straight to itself counts too. Edges to nodes that are no key are ignored. Tarjan's algorithm.
 */
export const findCircles = (edges: ReadonlyMap<string, readonly string[]>): string[][] => {
  const circles: string[][] = [];
  const indexByNode = new Map<string, number>();
  const lowByNode = new Map<string, number>();
  const stack: string[] = [];

  const visit = (node: string): void => {
    const index = indexByNode.size;
    indexByNode.set(node, index);
    lowByNode.set(node, index);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue;
      if (!indexByNode.has(next)) visit(next);
      if (stack.includes(next)) lower(node, lowByNode.get(next) ?? index);
    }
    if (lowByNode.get(node) !== index) return;
    const together = stack.splice(stack.indexOf(node));
    if (together.length > 1 || edges.get(node)?.includes(node)) circles.push(together.toSorted());
  };

  const lower = (node: string, to: number): void => {
    lowByNode.set(node, Math.min(lowByNode.get(node) ?? to, to));
  };

  for (const node of edges.keys()) if (!indexByNode.has(node)) visit(node);
  return circles;
};
