// Holds a typed conversation with a built-in brain for the tests, through the interface that the
// framework uses: a chat context in, text and tool calls out, the tools run for real.
import { llm } from '@livekit/agents';
import type { Brief } from '@/lib/brief';
import type { Language } from '@/lib/language/language';
import type { LettaChoice } from '@/lib/letta/choice';
import { MemoryDesk } from '@/lib/testing/memory-desk';
import type { AgentDefinition, CallHandle, HandOver } from '../../agent-definition';

/** A call whose clock stands still. */
export class StillCall implements CallHandle {
  readonly deployment: string;
  readonly desk = new MemoryDesk();
  ended = false;
  brief: Brief | undefined;
  letta: LettaChoice | undefined;
  tag = 'en';
  language: Language = 'en';
  /** What {@link handOver} was asked for. */
  readonly handedTo: HandOver[] = [];
  /** What {@link handOver} comes to; may be decided later. */
  outcome: 'handed over' | 'nobody came' | Promise<'handed over' | 'nobody came'> = 'handed over';
  /** What {@link answerDelay} resolves to, in milliseconds. */
  delay: number | undefined;

  constructor(
    private readonly time: Date,
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

  end(): void {
    this.ended = true;
  }

  async handOver(to: HandOver): Promise<'handed over' | 'nobody came'> {
    this.handedTo.push(to);
    return this.outcome;
  }

  async answerDelay(): Promise<number | undefined> {
    return this.delay;
  }
}

/** Of what the framework gives a tool, that which the tools here touch. */
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
  /** The tools that ran, with their arguments. */
  readonly used: { name: string; args: Record<string, unknown> }[] = [];
  /** Both sides, a line each, as a person would write them down. */
  readonly transcript: string[] = [];
  readonly brain: llm.LLM;
  readonly #tools: llm.ToolContext;

  constructor(
    definition: Pick<AgentDefinition, 'tools' | 'brain'>,
    readonly call: StillCall,
  ) {
    this.brain = definition.brain(call);
    this.#tools = new llm.ToolContext(definition.tools(call));
  }

  /** Says something, runs the tools that are called, and returns all that was answered. */
  async say(text: string): Promise<string> {
    this.context.addMessage({ role: 'user', content: text });
    this.transcript.push(`Caller: ${text}`);
    const said: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      const reply = await this.brain
        .chat({ chatCtx: this.context, toolCtx: this.#tools })
        .collect();
      if (reply.text) {
        said.push(reply.text);
        this.context.addMessage({ role: 'assistant', content: reply.text });
      }
      if (reply.toolCalls.length === 0) break;
      for (const call of reply.toolCalls) await this.#run(call);
      const last = this.context.items.at(-1);
      // A tool that tells nothing asks for no reply.
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
