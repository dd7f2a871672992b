// The product as `npm start` runs it, seen from outside.
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { AgentStatus, DeploymentStatus } from '@/lib/agents/answers';

/** URLs and keys of a running stack. */
export interface Stack {
  /** URL of pages and API. */
  readonly web: string;
  /** URL of the speech server, without `/v1`. */
  readonly speech: string;
  readonly livekit: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Process id of the `npm start` runner. */
  readonly pid: number;
  /** Another origin, whose pages may call the line check. Nothing is served there. */
  readonly otherOrigin?: string;
}

/** Milliseconds until events of a call appear on a page that is open elsewhere. */
export const UPDATE_MS = 15_000;

/** Parent of the products' data folders, one for each Playwright worker. */
export const PRODUCTS = 'test-results/products';

/** Data folder of this worker's product. A worker that is replaced after a failure leaves its logs. */
export const TEST_DATA = `${PRODUCTS}/${process.env.TEST_WORKER_INDEX ?? 0}`;

/** Settings with which another stack uses this stack's speech server. */
export const speechOf = ({ speech }: Pick<Stack, 'speech'>) => ({
  SPEECH_STT_URL: `${speech}/v1`,
  SPEECH_TTS_URL: `${speech}/v1`,
});

/** LiveKit's settings, for participants that join without a browser. */
export const liveKitEnv = ({ livekit, apiKey, apiSecret }: Stack) => ({
  LIVEKIT_URL: livekit,
  LIVEKIT_API_KEY: apiKey,
  LIVEKIT_API_SECRET: apiSecret,
});

/** A request to the API. */
export const askApi = ({ web }: Stack, method: string, path: string, body?: object) =>
  fetch(new URL(`/api/${path}`, web), {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });

/** Rooms according to LiveKit. */
export function rooms(stack: Stack): RoomServiceClient {
  return new RoomServiceClient(stack.livekit.replace('ws', 'http'), stack.apiKey, stack.apiSecret);
}

/** A room's dispatches according to LiveKit. */
export const dispatchesIn = ({ livekit, apiKey, apiSecret }: Stack, room: string) =>
  new AgentDispatchClient(livekit.replace('ws', 'http'), apiKey, apiSecret).listDispatch(room);

/** An agent's deployment as its workers report it to the web process at `web`. */
export async function deploymentOf(
  web: string,
  agent: string,
  deployment: string,
): Promise<DeploymentStatus> {
  const answer = await fetch(new URL('/api/agents', web));
  const { agents } = (await answer.json()) as { agents: AgentStatus[] };
  const found = agents.find(({ name }) => name === agent)?.deployments;
  const status = found?.find(({ name }) => name === deployment);
  if (!status) throw new Error(`${agent} on ${deployment} is not in /api/agents`);
  return status;
}

/** Active calls that workers report for an agent on a deployment. */
export async function activeJobs(stack: Stack, agent: string, deployment: string): Promise<number> {
  return (await deploymentOf(stack.web, agent, deployment)).activeJobs;
}

/** Attributes of the agent in a room. */
export async function agentAttributes(stack: Stack, room: string): Promise<Record<string, string>> {
  const people = await rooms(stack).listParticipants(room);
  return people.find(({ attributes }) => attributes['callboard.agent'])?.attributes ?? {};
}

/** The agents in a room with their reported deployments ("front-desk staging"). */
export async function agentsIn(stack: Stack, room: string): Promise<string[]> {
  const people = await rooms(stack).listParticipants(room);
  return people
    .filter(({ attributes }) => attributes['callboard.agent'])
    .map(({ attributes: of }) => `${of['callboard.agent']} ${of['callboard.deployment']}`);
}

/** Replaces the rules. */
export async function setRules({ web }: Stack, ...rules: object[]): Promise<void> {
  const url = new URL('/api/rules', web);
  const { etag } = await (await fetch(url)).json();
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': etag },
    body: JSON.stringify({ rules }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
