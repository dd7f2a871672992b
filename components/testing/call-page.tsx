// The page that starts calls with one agent, and a server that answers what is asked about it. A test that shows it mocks
// `next/navigation` and `components/call/live-code`, whose `require` only Next's bundles have.
import { CallPage } from '@/components/call/call-page';
import { answerWith, type Sent, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentsAnswer, DeploymentStatus } from '@/lib/agents/answers';
import type { Language } from '@/lib/core/language';
import { BUILT_IN } from '@/lib/core/model-names';

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
const RUNS = { models: [BUILT_IN], stt: [], tts: [], voice: 'slt', tools: [], missing: [] };
const LIVE: DeploymentStatus = {
  ...{ name: 'production', live: true, reports: true, workers: 1, activeJobs: 0, maxJobs: 5 },
  ...{ runs: [RUNS], failing: [], workerDetails: [] },
};
/** Ada, who is live. */
export const AGENTS: AgentsAnswer = { agents: [{ ...ADA, title: 'Ada', deployments: [LIVE] }] };

/**
 * Answers requests for the agents, and refuses all others as if the server were away.
 * @param token answers the request for a token
 */
export const serve = (
  agents: () => unknown = () => AGENTS,
  token: () => Promise<Response> = () => Promise.reject(new TypeError('Failed to fetch')),
) =>
  answerWith(({ path }: Sent) => {
    if (path === '/api/agents') return Response.json(agents());
    return token();
  });

/** Shows the page. */
export const showCallPage = (language: Language = 'en') =>
  show(
    <CallPage
      {...{ agent: undefined, deployment: undefined, firstAgent: undefined }}
      {...{ joinTimeoutMs: 5_000, serverUrl: 'ws://127.0.0.1:9', recorded: false }}
      monitored={false}
    />,
    { agents: [ADA], language },
  );
