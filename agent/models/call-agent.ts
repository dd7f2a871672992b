// The framework's agent of a call: keeps silent where it has to, and keeps what it heard last, for who
// takes over when its mind breaks off.
import { type llm, voice } from '@livekit/agents';
import type { Silence } from '../call/silence';
import { captionTimes } from '../speech/captions';
import { TurnAgent } from '../turns/turn-agent';

type Options = ConstructorParameters<typeof voice.Agent>[0];

/** See the head of this file. */
export class CallAgent extends TurnAgent {
  /** What the caller said last, as the session's own ears heard it, and when (ms since 1970). */
  heard: { readonly text: string; readonly at: number } | undefined;

  constructor(
    private readonly options: Options,
    private readonly silence: Silence,
    private readonly begin?: (agent: CallAgent) => Promise<void>,
  ) {
    super(options);
  }

  override async onUserTurnCompleted(_: llm.ChatContext, { textContent }: llm.ChatMessage) {
    const text = textContent ?? '';
    if (!this.silence.mayAnswer(text)) throw new voice.StopResponse();
    this.heard = { text, at: Date.now() };
  }

  override transcriptionNode(
    ...[text, settings]: Parameters<voice.Agent['transcriptionNode']>
  ): ReturnType<voice.Agent['transcriptionNode']> {
    return super.transcriptionNode(captionTimes(text), settings);
  }

  override async onEnter(): Promise<void> {
    await this.begin?.(this);
  }

  /**
   * The same agent with another mind, and all that was said.
   * @param begin what it does first, once it is there
   */
  thinkingWith(mind: llm.LLM, begin: (agent: CallAgent) => Promise<void>): CallAgent {
    const chatCtx = this.chatCtx.copy({ excludeInstructions: true, excludeConfigUpdate: true });
    const next = new CallAgent({ ...this.options, chatCtx, llm: mind }, this.silence, begin);
    next.heard = this.heard;
    next.onHeard = this.onHeard;
    return next;
  }
}
