// A call as a scenario file for simulations.

import { routes } from '@/app/api/routes';
import { listedAgents } from '@/lib/agents/registry';
import { callsOf } from '@/lib/auth/permissions';
import { download } from '@/lib/auth/route';
import { callTimeline } from '@/lib/calls/view/one-call';
import { scenarioFromCall } from '@/lib/simulations/from-call';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { id = '' }, visitor }) => {
    const timeline = await callTimeline(server, id, callsOf(visitor));
    const { name, body } = scenarioFromCall(timeline, listedAgents(server)[0]?.name ?? '');
    return download(name, 'application/json; charset=utf-8', body);
  },
});
