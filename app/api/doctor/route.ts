// The doctor's examination as JSON or NDJSON; with `?room=`, the diagnosis of a room without an agent; with `?agent=`, test
// calls to one agent; with `?production`, the production checklist.
import { routes } from '@/app/api/routes';
import { listedAgent } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import { json, requireOwnRequest } from '@/lib/auth/route';
import { limitStreams } from '@/lib/auth/stream-limit';
import { worst } from '@/lib/core/finding';
import { languageOf } from '@/lib/core/language';
import { checkedAgent, checkedName } from '@/lib/dispatch/checks';
import {
  examination,
  findingFor,
  ndjsonResponse,
  testCalls,
  wantsNdjson,
} from '@/lib/doctor/examine';
import { productionChecklist } from '@/lib/doctor/production-checklist';

/** The agent of test calls, and its only deployment, if one is named. @throws {Problem} 422 */
function testedAgent(server: AgentsServer, agent: string, deployment: string | null) {
  const listed = checkedAgent(server, {
    agent_name: agent,
    deployment: deployment ?? listedAgent(server, agent)?.deployments[0],
  });
  return { agent, deployment: deployment ? listed.deployment : undefined };
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server, visitor }) => {
    // It makes test calls.
    requireOwnRequest(request);
    const language = languageOf(request.headers);
    const asked = new URL(request.url).searchParams;
    const room = checkedName('room', asked.get('room') || undefined);
    if (room !== undefined) {
      const began = performance.now();
      const at = new Date().toISOString();
      const findings = [await findingFor(server, room, language)];
      const ms = Math.round(performance.now() - began);
      return json({ state: worst(findings), at, ms, findings });
    }
    const agent = asked.get('agent');
    const going = agent
      ? testCalls(server, testedAgent(server, agent, asked.get('deployment')), language)
      : asked.has('production')
        ? productionChecklist(server, language)
        : examination(server, language);
    return wantsNdjson(request)
      ? limitStreams(server, visitor, () => ndjsonResponse(going))
      : json(await going.report);
  },
});
