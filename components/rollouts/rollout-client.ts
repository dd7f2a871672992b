// HTTP client for the roll-outs of an agent.
import { ask } from '@/components/calls/calls-client';
import { fromWire } from '@/lib/core/snake-case';
import type { RolloutOverview } from '@/lib/rollouts/overview';

const at = (agent: string) => `/api/agents/${encodeURIComponent(agent)}/rollout`;
const why = (reason: string) => `?${new URLSearchParams({ reason })}`;
const post = (path: string, body?: object) =>
  ask(path, {
    method: 'POST',
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });

/**
 * Loads everything for the page.
 * @throws {CallsProblem}
 */
export const loadRollout = async (agent: string, signal: AbortSignal) =>
  fromWire<RolloutOverview>(await ask(at(agent), { signal }));

/** The parameters of a new roll-out. */
export interface Wanted {
  readonly deployment: string;
  readonly steps: readonly number[];
  readonly error_points: number;
  readonly answer_ms: number;
  /** The user's reason; may be empty. */
  readonly reason: string;
}

/**
 * Starts a roll-out.
 * @throws {CallsProblem}
 */
export const startRollout = (agent: string, wanted: Wanted) => post(at(agent), wanted);

/**
 * Starts a roll-out despite failed simulations.
 * @throws {CallsProblem}
 */
export const overrideSimulations = (agent: string, wanted: Wanted) =>
  post(`${at(agent)}/override`, wanted);

/**
 * Advances to the next step, which must be `to` percent.
 * @throws {CallsProblem}
 */
export const nextStep = (agent: string, reason: string, to: number) =>
  post(`${at(agent)}/next${why(reason)}&to=${to}`);

/**
 * Promotes the roll-out.
 * @throws {CallsProblem}
 */
export const promoteRollout = (agent: string, reason: string) =>
  post(`${at(agent)}/promote${why(reason)}`);

/**
 * Stops the roll-out.
 * @throws {CallsProblem}
 */
export const stopRollout = (agent: string, reason: string) =>
  ask(at(agent) + why(reason), { method: 'DELETE' });
