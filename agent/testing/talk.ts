// Holds a text conversation with a scripted agent for tests, through the framework's interface: a
// chat context in, text and tool calls out, with the tools really run.
import { llm } from '@livekit/agents';
import { expect } from 'vitest';
import type { AgentDefinition, CallHandle, HandoffRequest } from '@/agent/core/agent-definition';
import type { AgentHandoffContext, HandoffContext } from '@/lib/dispatch/handoff-context';
import type { LettaChoice } from '@/lib/dispatch/letta-choice';

/** Friday, ten in the morning, local time. */
export const NOW = new Date(2026, 10, 20, 10, 0);

/** A handoff: Margaret asked Ada about her bill. */
export const HANDOFF_CONTEXT: AgentHandoffContext = {
  kind: 'handoff',
  from: { agent: 'front-desk', person: 'Ada', identity: 'agent-1' },
  summary: 'Margaret has a question for billing. Her words: I have a question about my bill.',
  caller: 'Margaret',
  said: [
    { speaker: 'agent', text: 'Willow Street Practice, this is Ada. How can I help?' },
    { speaker: 'caller', text: 'I have a question about my bill.' },
  ],
};

/** A call whose clock stands still. */
export class StillCall implements CallHandle {
  readonly deployment: string;
  ended = false;
  handoffContext: HandoffContext | undefined;
  letta: LettaChoice | undefined;
  tag = 'en';
  readonly handedTo: HandoffRequest[] = [];
  /** The result of {@link handOff}; may be decided later. */
  comes: 'handed off' | 'nobody came' | Promise<'handed off' | 'nobody came'> = 'handed off';
  readonly outcomes: string[] = [];
  /** What {@link answerDelay} resolves to, in milliseconds. */
  delay: number | undefined;

  constructor(
    private readonly time = NOW,
    deployment = 'production',
  ) {
    this.deployment = deployment;
  }

  async caller(): Promise<string> {
    return 'the caller';
  }

  id(): string {
    return 'the call';
  }

  now(): Date {
    return this.time;
  }

  outcome(name: string): void {
    this.outcomes.push(name);
  }

  end(): void {
    this.ended = true;
  }

  async handOff(to: HandoffRequest): Promise<'handed off' | 'nobody came'> {
    this.handedTo.push(to);
    return this.comes;
  }

  async answerDelay(): Promise<number | undefined> {
    return this.delay;
  }
}

const OPTIONS = {
  ctx: {
    disallowInterruptions: () => undefined,
    waitForPlayout: async () => undefined,
    speechHandle: { allowInterruptions: false },
  },
} as unknown as llm.ToolOptions;

/** A conversation in progress. */
export class Talk {
  readonly context = llm.ChatContext.empty();
  readonly used: { name: string; args: Record<string, unknown> }[] = [];
  readonly transcript: string[] = [];
  readonly llm: llm.LLM;
  readonly #tools: llm.ToolContext;

  constructor(
    definition: Pick<AgentDefinition, 'tools' | 'scripted'>,
    readonly call: StillCall,
  ) {
    this.llm = definition.scripted(call);
    this.#tools = new llm.ToolContext(definition.tools(call));
  }

  /** Sends a message, runs the tools that are called, and returns all answers. */
  async say(text: string): Promise<string> {
    this.context.addMessage({ role: 'user', content: text });
    this.transcript.push(`Caller: ${text}`);
    const said: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      const reply = await this.llm.chat({ chatCtx: this.context, toolCtx: this.#tools }).collect();
      if (reply.text) {
        said.push(reply.text);
        this.context.addMessage({ role: 'assistant', content: reply.text });
      }
      if (reply.toolCalls.length === 0) break;
      for (const call of reply.toolCalls) await this.#run(call);
      const last = this.context.items.at(-1);
      // A tool that returns nothing generates no reply.
      if (last?.type === 'function_call_output' && last.output === '') break;
    }
    const answer = said.join(' ');
    this.transcript.push(`Agent: ${answer}`);
    return answer;
  }

  async #run(call: llm.FunctionCall): Promise<void> {
    const tool = this.#tools.getFunctionTool(call.name);
    if (!tool) throw new Error(`there is no tool ${call.name}`);
    const args = JSON.parse(call.args) as Record<string, unknown>;
    this.used.push({ name: call.name, args });
    this.context.items.push(call);
    let output: unknown;
    let isError = false;
    try {
      output = await tool.execute(args, OPTIONS);
    } catch (error) {
      output = error instanceof Error ? error.message : String(error);
      isError = true;
    }
    const { callId, name } = call;
    this.context.items.push(
      llm.FunctionCallOutput.create({
        callId,
        name,
        isError,
        output: output === undefined ? '' : JSON.stringify(output),
      }),
    );
  }
}

/** What the caller says, and what the answer must contain; `!` before what it must not. */
export type Script = readonly (readonly [string, ...(string | RegExp)[]])[];

/** Plays it; a failure shows the whole conversation. */
export async function play(script: Script, talk: Talk): Promise<Talk> {
  for (const [text, ...parts] of script) {
    const answer = await talk.say(text);
    for (const part of parts) {
      const all = talk.transcript.join('\n');
      if (part instanceof RegExp) expect(answer, all).toMatch(part);
      else if (part.startsWith('!')) {
        expect(answer.toLowerCase(), all).not.toContain(part.slice(1).toLowerCase());
      } else expect(answer.toLowerCase(), all).toContain(part.toLowerCase());
    }
  }
  return talk;
}
