// The agents in the filter: those of the catalogue, and others that workers serve, such as Letta's, or that a call on
// the page was with.
import { type CatalogueAgent, catalogue, findAgent } from '@/lib/core/catalogue';

/** An option of the filter. */
export type FilterAgent = Pick<CatalogueAgent, 'name'> & Partial<Pick<CatalogueAgent, 'person'>>;

/**
 * Returns each agent once, those of the catalogue first.
 * @param served names of agents with workers on this server
 * @param called names of agents in calls, with duplicates
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
