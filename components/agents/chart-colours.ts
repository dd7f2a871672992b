// How the deployments look in every chart: the usual one in ink, others in the blue of a rehearsal,
// each with a mark of its own, since colour never stands alone.

/** Colour of the deployment at this place among the agent's. */
export const colourOf = (place: number): string =>
  place === 0 ? 'var(--ink)' : 'var(--rehearsal)';
/** Colour of calls without an agent. */
export const MISSED = 'var(--stop-ink)';
/** Dashes of a 95 % line. */
export const DASHES = '4 4';
