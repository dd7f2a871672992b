// Asks a Letta server whether it answers, or has an agent.
import type { Config } from '@/lib/core/config';
import { Refused } from '@/lib/core/failure-cause';
import { lettaClient } from '@/lib/letta/client';

/** Milliseconds for an answer, as for models: Letta may have to start. */
const ANSWER_MS = 15_000;

/**
 * Reads the agent, or the list of agents. It is not talked to: it would remember what was said.
 * @throws {Refused} if there is something else at its address, and the client's errors
 */
export async function askAgent(
  agent: string | undefined,
  { LETTA_URL: url = '', LETTA_API_KEY: key }: Config,
): Promise<void> {
  const client = await lettaClient({ url, key }, ANSWER_MS);
  const isLetta = agent
    ? (await client.agents.retrieve(agent)).id === agent
    : Array.isArray((await client.agents.list({ limit: 1 })).items);
  if (!isLetta) throw new Refused(200, '');
}
