import type { PoolClient } from "pg";

/** Which checks depend on which. */
export interface Family {
  /** All that a check depends on, near and far. */
  ancestors: (checkId: string) => ReadonlySet<string>;
  /** The checks, all that they depend on and all that depend on them. */
  around: (checkIds: readonly string[]) => string[];
}

export async function readFamily(client: PoolClient): Promise<Family> {
  const { rows } = await client.query<{ child: string; parent: string }>({
    name: "alerting-family",
    text: "SELECT c.id AS child, p.id AS parent FROM health_checks c JOIN health_checks p ON p.key = ANY(c.depends_on) WHERE c.depends_on <> '{}'",
  });
  const parents = new Map<string, string[]>();
  const children = new Map<string, string[]>();
  for (const { child, parent } of rows) {
    parents.set(child, [...(parents.get(child) ?? []), parent]);
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  return {
    ancestors: (checkId) => reach([checkId], parents),
    around: (checkIds) => {
      const below = new Set([...checkIds, ...reach(checkIds, children)]);
      return [...new Set([...below, ...reach([...below], parents)])];
    },
  };
}

/** All that is reached over the edges, the starts left out unless a circle leads back. Pure. */
function reach(from: readonly string[], edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const next = [...from];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    for (const to of edges.get(at) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      next.push(to);
    }
  }
  return seen;
}
