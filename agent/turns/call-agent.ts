// The framework's agent in a call: what it hears, when it is silent, and the captions of what it says.
import { TransformStream } from 'node:stream/web';
import { type llm, stt, type tts, voice } from '@livekit/agents';
import { captionTimes } from '@/agent/speech/captions';
import { isBackchannel, type Overlap } from '@/agent/turns/backchannels';
import { askedIn, endpointOf, lastOf } from '@/agent/turns/endpointing';
import { MIN_SILENCE_MS } from '@/agent/turns/turn-handling';
import type { Vision } from '@/agent/turns/vision';
import { WatchedRecognition } from '@/agent/watchdog/recognition';
import type { WatchedTools } from '@/agent/watchdog/tool';
import { speakToTheEnd, spokenBy } from '@/agent/watchdog/voice';
import type { Stuck } from '@/agent/watchdog/watchdog';

/** Milliseconds within which a finished speech turns a backchannel into an answer. */
const ANSWER_MS = 1_200;

type Sound = Parameters<voice.Agent['sttNode']>[0];
type Events = Awaited<ReturnType<voice.Agent['sttNode']>>;
type Event = stt.SpeechEvent | string;
type Controller = { enqueue(event: Event): void };

const { SpeechEventType: Kind } = stt;

type Options = ConstructorParameters<typeof voice.Agent>[0];

/** What notices that a part of the call is stuck. */
export interface Watch {
  readonly stuck: Stuck;
  readonly tools: Pick<WatchedTools, 'isRunning'>;
  /** What goes on when hosted speech is stuck. */
  readonly exchange: { readonly stt?: stt.STT | undefined; readonly tts?: tts.TTS | undefined };
}

/**
 * An agent in a call. Ignores backchannels ("mm-hm") while it talks: they are held back, and if the agent finishes
 * right after them, they were an answer and are passed on.
 */
export class CallAgent extends voice.Agent {
  /** Called with each STT event, before any of them is held back. */
  onHeard: ((event: stt.SpeechEvent) => void) | undefined;
  /** Called with each final transcript that is not held back. */
  onAsked: ((text: string) => void) | undefined;
  /** The caller's last words, as transcribed by the session's own STT, and when (ms since 1970). */
  heard: { readonly text: string; readonly at: number } | undefined;
  /** The last speech that started playing; kept while it is paused, when the state is "listening". */
  #said: voice.SpeechHandle | undefined;
  /** Adds what the caller shows to what they say. */
  vision: Pick<Vision, 'addTo'> | undefined;
  #watching = false;

  /** @param begin runs once the agent has entered the session */
  constructor(
    private readonly options: Options,
    private readonly silence: Silence,
    private readonly watch: Watch,
    private readonly begin?: (agent: CallAgent) => Promise<void>,
  ) {
    super(options);
  }

  get isUsingTool(): boolean {
    return this.watch.tools.isRunning;
  }

  override async onEnter(): Promise<void> {
    await this.begin?.(this);
  }

  override async sttNode(...given: Parameters<voice.Agent['sttNode']>): Promise<Events> {
    this.#watch();
    const [sound, settings] = given;
    const listen = (heard: Sound) => super.sttNode(heard, settings);
    const events = await this.#watched(sound, listen);
    return events && this.#filtered(events);
  }

  override async ttsNode(...[text, settings]: Parameters<voice.Agent['ttsNode']>) {
    const { stuck, exchange } = this.watch;
    return speakToTheEnd(text, {
      speak: async (said, attempt) =>
        attempt > 0 && exchange.tts ? spokenBy(exchange.tts, said) : super.ttsNode(said, settings),
      stalled: (ms, again) =>
        stuck('tts', ms, again ? (exchange.tts ? 'exchanged' : 'restarted') : 'replaced'),
    });
  }

  override async onUserTurnCompleted(_: llm.ChatContext, message: llm.ChatMessage) {
    const text = message.textContent ?? '';
    if (!this.silence.mayAnswer(text)) throw new voice.StopResponse();
    this.heard = { text, at: Date.now() };
    this.vision?.addTo(message, this.chatCtx.items);
  }

  override transcriptionNode(
    ...[text, settings]: Parameters<voice.Agent['transcriptionNode']>
  ): ReturnType<voice.Agent['transcriptionNode']> {
    return super.transcriptionNode(captionTimes(text), settings);
  }

  /** The same agent with another model and the whole conversation; `begin` as in the constructor. */
  withModel(model: llm.LLM, begin: (agent: CallAgent) => Promise<void>): CallAgent {
    const chatCtx = this.chatCtx.copy({ excludeInstructions: true, excludeConfigUpdate: true });
    const next = new CallAgent(
      { ...this.options, chatCtx, llm: model },
      this.silence,
      this.watch,
      begin,
    );
    next.heard = this.heard;
    next.onHeard = this.onHeard;
    next.onAsked = this.onAsked;
    next.vision = this.vision;
    return next;
  }

  /** Starts with the first audio input, which comes with the session. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
      if (newState === 'speaking') this.#said = this.getActivityOrThrow().currentSpeech;
    });
  }

  /** Recognition with what goes on if the hosted recognizer does not answer. */
  async #watched(sound: Sound, listen: (sound: Sound) => Promise<Events>): Promise<Events> {
    const { stuck, exchange } = this.watch;
    if (!exchange.stt) return listen(sound);
    const recognition = new WatchedRecognition({
      listen,
      exchange: exchange.stt,
      stuck: (ms) => stuck('stt', ms, 'exchanged'),
      nothing: () => this.onHeard?.({ type: Kind.FINAL_TRANSCRIPT }),
    });
    this.session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
      if (newState !== 'speaking') return recognition.silent(MIN_SILENCE_MS);
      recognition.speaks();
      // Its transcript is owed, whether or not the recognizer says so.
      this.onHeard?.({ type: Kind.START_OF_SPEECH });
    });
    return recognition.start(sound);
  }

  #filtered(events: NonNullable<Events>): NonNullable<Events> {
    let over: voice.SpeechHandle | undefined;
    const fill = fillEmptyFinals();
    const transform = (given: Event, controller: Controller) => {
      if (typeof given === 'string') return controller.enqueue(given);
      const event = fill(given);
      this.onHeard?.(event);
      if (event.type === Kind.START_OF_SPEECH) over = this.#said;
      const talking = over && !over.done() && !over.interrupted;
      if (talking && isBackchannel(overlapOf(event))) {
        answerAfter(over, event, controller);
      } else {
        controller.enqueue(selectPreemptive(event, this.chatCtx.items));
        if (event.type === Kind.FINAL_TRANSCRIPT)
          this.onAsked?.(event.alternatives?.[0].text ?? '');
      }
    };
    return events.pipeThrough(new TransformStream<Event, Event>({ transform }));
  }
}

/** Passes a final transcript on if the speech it was said over ends soon and uninterrupted. */
function answerAfter(
  talk: voice.SpeechHandle | undefined,
  event: stt.SpeechEvent,
  controller: Controller,
): void {
  if (event.type !== Kind.FINAL_TRANSCRIPT) return;
  const saidAt = Date.now();
  talk?.addDoneCallback(({ interrupted }) => {
    if (interrupted || Date.now() - saidAt > ANSWER_MS) return;
    try {
      controller.enqueue(event);
    } catch {
      // The call is over, and the stream is closed.
    }
  });
}

/**
 * Selects the words in a pause that are answered preemptively: those that may end the turn. For all others the wait is
 * long enough anyway, and each discarded answer costs processor time or a paid request.
 */
export function selectPreemptive(
  event: stt.SpeechEvent,
  items: readonly llm.ChatItem[],
): stt.SpeechEvent {
  if (event.type !== Kind.PREFLIGHT_TRANSCRIPT) return event;
  const ending = endpointOf(
    event.alternatives?.[0].text ?? '',
    askedIn(lastOf(items, 'assistant')),
  );
  if (ending === 'closed') return event;
  return { ...event, type: Kind.INTERIM_TRANSCRIPT };
}

/** What an event says was said. */
function overlapOf({ alternatives }: stt.SpeechEvent): Overlap {
  const { text = '', language = '', startTime = 0, endTime = 0 } = alternatives?.[0] ?? {};
  return { text, language, seconds: endTime - startTime };
}

/**
 * Fills empty final transcripts with the last interim one since the previous final; one function per event stream. STT
 * sometimes sends them, the framework ignores them, and the caller would get no answer.
 */
export function fillEmptyFinals(): (event: stt.SpeechEvent) => stt.SpeechEvent {
  let heard: stt.SpeechEvent['alternatives'];
  return (event) => {
    const { type, alternatives } = event;
    const text = alternatives?.[0]?.text.trim();
    if (type === Kind.INTERIM_TRANSCRIPT || type === Kind.PREFLIGHT_TRANSCRIPT) {
      if (text) heard = alternatives;
      return event;
    }
    if (type !== Kind.FINAL_TRANSCRIPT) return event;
    const last = heard;
    heard = undefined;
    return text || !last ? event : { ...event, alternatives: last };
  };
}

/** The silence of an agent that stays with a colleague: it answers only when it is called by name. */
export class Silence {
  kept = false;
  readonly #name: RegExp;

  constructor(person: string) {
    this.#name = new RegExp(`\\b${person}\\b`, 'i');
  }

  mayAnswer(heard: string): boolean {
    return !this.kept || this.#name.test(heard);
  }
}
