// HTTP client for simulations.
import { ask } from '@/components/calls/calls-client';
import { fromWire, toWire } from '@/lib/core/snake-case';
import type { Overview } from '@/lib/simulations/overview';

/** What to run. */
export interface Wanted {
  readonly names: readonly string[];
  /** Names: one, or two to compare. */
  readonly deployments: readonly string[];
  readonly times: number;
  readonly atOnce: number;
}

/**
 * Loads everything for the page.
 * @throws {CallsProblem}
 */
export const loadSimulations = async (signal: AbortSignal) =>
  fromWire<Overview>(await ask('/api/simulations', { signal }));

/**
 * Starts simulations.
 * @throws {CallsProblem} 409 if others are running
 */
export const startSimulations = (wanted: Wanted) =>
  ask('/api/simulations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toWire(wanted)),
  });

/**
 * Stops simulations.
 * @throws {CallsProblem} 404 if they are not running
 */
export const stopSimulations = (session: string) =>
  ask(`/api/simulations/sessions/${encodeURIComponent(session)}`, { method: 'DELETE' });
