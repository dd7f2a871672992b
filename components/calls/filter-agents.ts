// Whose calls can be looked for: the agents of the catalogue, and those beside it that are served here,
// as a Letta server's, or that some call on the page was with.
import { type CatalogueAgent, catalogue, findAgent } from '@/lib/core/catalogue';

/** An agent as the filter names it. */
export type FilterAgent = Pick<CatalogueAgent, 'name'> & Partial<Pick<CatalogueAgent, 'person'>>;

/**
 * Each once, those of the catalogue first.
 * @param served names of the agents that workers of this server are for
 * @param called names of the agents that were called, as often as they were
 */
export function filterAgents(
  served: readonly string[],
  called: readonly string[],
): readonly FilterAgent[] {
  const known = new Set(catalogue.map(({ name }) => name));
  const others = new Set([...served, ...called].filter((name) => name && !known.has(name)));
  return [
    ...catalogue,
    ...[...others].sort().map((name) => ({ name, person: findAgent(name)?.person })),
  ];
}
