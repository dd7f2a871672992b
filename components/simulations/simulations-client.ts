// The rehearsals over HTTP, as their page loads, starts and stops them.
import { ask } from '@/components/calls/calls-client';
import { fromWire, toWire } from '@/lib/core/snake-case';
import type { Overview } from '@/lib/simulations/overview';

/** What is to be held. */
export interface Wanted {
  readonly names: readonly string[];
  /** Shown names: one, or two side by side. */
  readonly deployments: readonly string[];
  readonly times: number;
  readonly atOnce: number;
}

/** All there is to show. @throws {CallsProblem} */
export const loadSimulations = async (signal: AbortSignal) =>
  fromWire<Overview>(await ask('/api/rehearsals', { signal }));

/** Starts some. @throws {CallsProblem} 409 where others go on */
export const startSimulations = (wanted: Wanted) =>
  ask('/api/rehearsals', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toWire(wanted)),
  });

/** Stops those that go on. @throws {CallsProblem} 404 where they do not */
export const stopSimulations = (session: string) =>
  ask(`/api/rehearsals/sessions/${encodeURIComponent(session)}`, { method: 'DELETE' });
