// A text call to the front desk with a configured language model, for tests: the framework's own
// session without audio, started like in agent/call/job.ts, and a chat server.
import { voice } from '@livekit/agents';
import { onTestFinished } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { makeModels } from '@/agent/models/models';
import { type Reply, startChatServer } from '@/agent/testing/chat-server';
import { NOW, StillCall } from '@/agent/testing/talk';
import { type Config, parseConfig } from '@/lib/core/config';

/** The configuration with required settings, and these. */
export function settings(env: Record<string, string> = {}): Config {
  return parseConfig({
    LIVEKIT_URL: 'ws://127.0.0.1:7880',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
    ...env,
  });
}

/** The model's turns in order, each created from the last message it was sent. */
export type Script = readonly ((last: string) => Reply)[];

/**
 * Starts a call; it and the server end with the test.
 * @returns `say`, which sends a message and returns the answers, tool names in brackets; `asked`,
 *   the server's requests; and `failures`, why the model did not answer
 */
export async function callModel(
  script: Script,
  env: (url: string) => Record<string, string>,
  call = new StillCall(NOW),
) {
  const server = await startChatServer(script);
  onTestFinished(() => server.close());
  const failures: unknown[] = [];
  const session = new voice.AgentSession({
    llm: makeModels(settings(env(server.url)), frontDesk, call, (error) => failures.push(error))
      .llm,
  });
  onTestFinished(() => session.close());
  const { instructions, tools } = frontDesk;
  await session.start({ agent: new voice.Agent({ instructions, tools: tools(call) }) });

  async function say(userInput: string): Promise<string[]> {
    const { events } = await session.run({ userInput }).wait();
    return events.map((event) => {
      if (event.type === 'message') return event.item.textContent ?? '';
      return event.type === 'function_call' ? `[${event.item.name}]` : `[${event.type}]`;
    });
  }
  return { say, asked: server.asked, failures };
}
