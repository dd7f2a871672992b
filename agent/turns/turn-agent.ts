// The framework's agent, ignoring backchannels ("mm-hm") while it talks. They are held back; if the
// agent finishes right after them, they were an answer and are passed on.
import type { ReadableStream } from 'node:stream/web';
import { TransformStream } from 'node:stream/web';
import { stt, voice } from '@livekit/agents';
import { answeredAhead } from './ahead';
import { isBackchannel } from './backchannel';
import { fillEmptyFinals } from './empty-final';

/** Milliseconds within which a finished speech turns a backchannel into an answer. */
const ANSWER_MS = 1_200;

type Events = Awaited<ReturnType<voice.Agent['sttNode']>>;
type Event = stt.SpeechEvent | string;
type Controller = { enqueue(event: Event): void };

const { SpeechEventType: Kind } = stt;

const textOf = (event: Event) =>
  typeof event === 'string' ? event : (event.alternatives?.[0].text ?? '');

/** See the head of this file. */
export class TurnAgent extends voice.Agent {
  /**
   * The last speech that started playing; kept while it is paused, when the state is "listening".
   */
  #said: voice.SpeechHandle | undefined;
  #watching = false;
  /** Called with each STT event, before any of them is held back. */
  onHeard: ((event: stt.SpeechEvent) => void) | undefined;

  override async sttNode(...given: Parameters<voice.Agent['sttNode']>): Promise<Events> {
    this.#watch();
    const events = await super.sttNode(...given);
    return events && this.#heeded(events);
  }

  /** Starts with the first audio input, which comes with the session. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
      if (newState === 'speaking') this.#said = this.getActivityOrThrow().currentSpeech;
    });
  }

  #heeded(events: NonNullable<Events>): ReadableStream<Event> {
    let over: voice.SpeechHandle | undefined;
    const fill = fillEmptyFinals();
    const heed = (given: Event, controller: Controller) => {
      const event = typeof given === 'string' ? given : fill(given);
      if (typeof event !== 'string') this.onHeard?.(event);
      if (typeof event !== 'string' && event.type === Kind.START_OF_SPEECH) over = this.#said;
      const talking = over && !over.done() && !over.interrupted;
      if (talking && isBackchannel(textOf(event))) answerAfter(over, event, controller);
      else
        controller.enqueue(
          typeof event === 'string' ? event : answeredAhead(event, this.chatCtx.items),
        );
    };
    return events.pipeThrough(new TransformStream<Event, Event>({ transform: heed }));
  }
}

/** Passes a final transcript on if the speech it was said over ends soon and uninterrupted. */
function answerAfter(
  talk: voice.SpeechHandle | undefined,
  event: Event,
  controller: Controller,
): void {
  if (typeof event !== 'string' && event.type !== Kind.FINAL_TRANSCRIPT) return;
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
