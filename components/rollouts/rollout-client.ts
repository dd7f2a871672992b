// An agent's roll-out over HTTP, as its page loads and changes it.
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

/** All there is to show. @throws {CallsProblem} */
export const loadRollout = async (agent: string, signal: AbortSignal) =>
  fromWire<RolloutOverview>(await ask(at(agent), { signal }));

/** What starts one. */
export interface Wanted {
  readonly deployment: string;
  readonly steps: readonly number[];
  readonly error_points: number;
  readonly answer_ms: number;
  /** In the words of whoever starts it; empty for none. */
  readonly reason: string;
}

/** Starts one. @throws {CallsProblem} with what is wrong */
export const startRollout = (agent: string, wanted: Wanted) => post(at(agent), wanted);

/** Starts one although rehearsals failed. @throws {CallsProblem} */
export const overrideRehearsals = (agent: string, wanted: Wanted) =>
  post(`${at(agent)}/override`, wanted);

/** Takes the next step, which is to be `to` percent. @throws {CallsProblem} */
export const nextStep = (agent: string, reason: string, to: number) =>
  post(`${at(agent)}/next${why(reason)}&to=${to}`);

/** Promotes it. @throws {CallsProblem} */
export const promoteRollout = (agent: string, reason: string) =>
  post(`${at(agent)}/promote${why(reason)}`);

/** Stops it. @throws {CallsProblem} */
export const stopRollout = (agent: string, reason: string) =>
  ask(at(agent) + why(reason), { method: 'DELETE' });
