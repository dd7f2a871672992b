// Colors of deployments in charts. Each also has its own shape, because color alone is not accessible.

/** Color of a deployment by its index. */
export const colorOf = (place: number): string =>
  place === 0 ? 'var(--foreground)' : 'var(--staging)';
/** Color of calls without an agent. */
export const MISSED = 'var(--stop-ink)';
/** Dash pattern of p95 lines. */
export const DASHES = '4 4';
