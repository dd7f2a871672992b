// Final transcripts without text, preemptive answers, and backchannels.
import { ReadableStream } from 'node:stream/web';
import { initializeLogger, llm, normalizeLanguage, stt, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { unwatched } from '@/agent/testing/unwatched';
import { CallAgent, fillEmptyFinals, Silence, selectPreemptive } from '@/agent/turns/call-agent';

const { SpeechEventType: Kind } = stt;
type Event = stt.SpeechEvent;

const event = (type: stt.SpeechEventType, text?: string): Event => ({
  type,
  ...(text !== undefined && {
    alternatives: [{ text, language: 'en' as never, startTime: 0, endTime: 1, confidence: 1 }],
  }),
});
const START = event(Kind.START_OF_SPEECH);
const END = event(Kind.END_OF_SPEECH);
const interim = (text: string) => event(Kind.INTERIM_TRANSCRIPT, text);
const ahead = (text: string) => event(Kind.PREFLIGHT_TRANSCRIPT, text);
const final = (text?: string) => event(Kind.FINAL_TRANSCRIPT, text);
const finalsOf = (events: readonly Event[]) =>
  events
    .filter(({ type }) => type === Kind.FINAL_TRANSCRIPT)
    .map(({ alternatives }) => alternatives?.[0].text ?? '');

describe('final transcripts', () => {
  test.each<[string, Event[], string[]]>([
    ['with text are unchanged', [interim('How'), final('How is it?')], ['How is it?']],
    [
      'without text become the last interim one',
      [interim('How'), interim('How is'), final('')],
      ['How is'],
    ],
    ['also from words in a pause', [ahead('How is it?'), final(' ')], ['How is it?']],
    ['also after the end of speech', [START, interim('How is'), END, final('')], ['How is']],
    ['of a noise stay empty', [START, final('')], ['']],
    ['are filled only once', [interim('How'), final('How is it?'), final('')], ['How is it?', '']],
  ])('%s', (_, events, expected) => {
    expect(finalsOf(events.map(fillEmptyFinals()))).toEqual(expected);
  });
});

/** STT that returns the same events for any audio. */
class StubStt extends stt.STT {
  override label = 'stub';

  constructor(private readonly events: readonly Event[]) {
    super({ streaming: true, interimResults: true });
  }

  protected override async _recognize(): Promise<Event> {
    throw new Error('not used');
  }

  override stream(): stt.SpeechStream {
    const { events } = this;
    const stream = new (class extends stt.SpeechStream {
      override label = 'stub';
      protected override async run() {
        for (const one of events) this.queue.put(one);
      }
    })(this);
    return stream;
  }
}

describe("in the agent's pipeline", () => {
  let session: voice.AgentSession | undefined;
  beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
  afterEach(async () => session?.close());

  test('the empty final transcript of any STT is filled', async () => {
    const stub = new StubStt([START, interim('How is the weather'), final(''), END]);
    const agent = new CallAgent({ instructions: 'test', stt: stub }, new Silence('Ada'), unwatched);
    session = new voice.AgentSession({});
    await session.start({ agent });
    const sound = new ReadableStream<AudioFrame>({
      start(controller) {
        controller.enqueue(new AudioFrame(new Int16Array(160), 16_000, 1, 160));
        controller.close();
      },
    });
    const events: Event[] = [];
    for await (const one of (await agent.sttNode(sound, {})) ?? []) {
      if (typeof one !== 'string') events.push(one);
    }
    expect(finalsOf(events)).toEqual(['How is the weather']);
  });
});

describe('preemptive answers', () => {
  /** How words in a pause are passed on, after what the agent said. */
  function reported(text: string, said = 'How can I help you?', type = Kind.PREFLIGHT_TRANSCRIPT) {
    const language = normalizeLanguage('en');
    const heard = { text, language, startTime: 0, endTime: 1, confidence: 1 };
    const items = [llm.ChatMessage.create({ role: 'assistant', content: said })];
    return Kind[selectPreemptive({ type, alternatives: [heard] }, items).type];
  }

  test.each([['What are your opening hours?'], ['Tomorrow.'], ['Yes.', 'Shall I book it?']])(
    '%s is answered',
    (text, said?) => {
      expect(reported(text, said)).toBe('PREFLIGHT_TRANSCRIPT');
    },
  );

  test.each<[string, string?]>([
    ["I'd like to"],
    ['I need an appointment.'],
    ['Um.'],
    ['Five five five', 'Your number?'],
  ])('%s … is not answered yet', (text, said?) => {
    expect(reported(text, said)).toBe('INTERIM_TRANSCRIPT');
  });

  test('final transcripts are unchanged', () => {
    expect(reported("I'd like to", undefined, Kind.FINAL_TRANSCRIPT)).toBe('FINAL_TRANSCRIPT');
  });
});
