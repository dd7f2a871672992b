// Requests that change the list of agents. Each resolves once the pages have the new list.

import { loadAgents } from '@/components/agents/agents-store';
import { request, unlessGone } from '@/components/ui/request';
import { pathSegment } from '@/lib/core/path-segment';

/** What a team says about an agent. */
interface AgentFields {
  readonly title?: string;
  readonly summary?: string;
  readonly deployments: readonly { readonly name: string }[];
  readonly public?: boolean;
  readonly replace_stuck?: boolean;
}

const one = (name: string) => `/api/agents/${pathSegment(name)}`;

/** @throws {ApiError} 409 if there is one of that name */
export const addAgent = (body: AgentFields & { readonly name: string }): Promise<void> =>
  request('/api/agents', { body }).then(loadAgents);

/** @throws {ApiError} */
export const changeAgent = (name: string, body: AgentFields): Promise<void> =>
  request(one(name), { method: 'PATCH', body }).then(loadAgents);

/** @throws {ApiError} */
export const removeAgent = (name: string): Promise<void> =>
  request(one(name), { method: 'DELETE' }).catch(unlessGone).then(loadAgents);
