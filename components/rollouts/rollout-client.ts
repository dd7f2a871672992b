// HTTP client for the rollouts of an agent. All functions throw an {@link ApiError}.
import { request } from '@/components/ui/request';
import { pathSegment } from '@/lib/core/path-segment';
import { overviewAnswer } from '@/lib/rollouts/answers';
import type { RolloutStart } from '@/lib/rollouts/requests';

/** What the visitor may do. */
export interface RolloutPermissions {
  /** Start, advance and stop. */
  readonly run: boolean;
  /** Promote, and override failed simulations. */
  readonly decide: boolean;
}

const at = (agent: string) => `/api/agents/${pathSegment(agent)}/rollout`;
const why = (reason: string) => `?${new URLSearchParams({ reason })}`;
const post = (path: string, body?: RolloutStart) => request(path, { method: 'POST', body });

export const loadRollout = (agent: string, signal: AbortSignal) =>
  request(at(agent), { signal, schema: overviewAnswer });

export const startRollout = (agent: string, wanted: RolloutStart) => post(at(agent), wanted);

/** Starts a rollout despite failed simulations. */
export const overrideSimulations = (agent: string, wanted: RolloutStart) =>
  post(`${at(agent)}/override`, wanted);

/** Advances to the next step, which must be `to` percent. */
export const nextStep = (agent: string, reason: string, to: number) =>
  post(`${at(agent)}/next${why(reason)}&to=${to}`);

export const promoteRollout = (agent: string, reason: string) =>
  post(`${at(agent)}/promote${why(reason)}`);

export const stopRollout = (agent: string, reason: string) =>
  request(at(agent) + why(reason), { method: 'DELETE' });
