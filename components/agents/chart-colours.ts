// Colours of deployments in charts. Each also has its own shape, because colour alone is not accessible.

/** Colour of a deployment by its index. */
export const colourOf = (place: number): string =>
  place === 0 ? 'var(--foreground)' : 'var(--staging)';
/** Colour of calls without an agent. */
export const MISSED = 'var(--stop-ink)';
/** Dash pattern of p95 lines. */
export const DASHES = '4 4';
