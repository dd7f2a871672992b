// The framework's agent of a call: is silent when it has to be, and remembers what it heard last,
// in case its realtime model fails.
import { type llm, voice } from '@livekit/agents';
import type { Silence } from '../call/silence';
import { captionTimes } from '../speech/captions';
import { TurnAgent } from '../turns/turn-agent';

type Options = ConstructorParameters<typeof voice.Agent>[0];

export class CallAgent extends TurnAgent {
  /** The caller's last words, as transcribed by the session's own STT, and when (ms since 1970). */
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
   * The same agent with another model and the whole conversation.
   * @param begin runs once the new agent has entered the session
   */
  withModel(model: llm.LLM, begin: (agent: CallAgent) => Promise<void>): CallAgent {
    const chatCtx = this.chatCtx.copy({ excludeInstructions: true, excludeConfigUpdate: true });
    const next = new CallAgent({ ...this.options, chatCtx, llm: model }, this.silence, begin);
    next.heard = this.heard;
    next.onHeard = this.onHeard;
    return next;
  }
}
