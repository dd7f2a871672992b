// Written input: what callers type, and the keys they press on a telephone. The framework's own handler reads each text
// to its end, but a client can send one without an end, or a hundred a second.
import { log } from '@livekit/agents';
import { type Room, RoomEvent, type TextStreamReader } from '@livekit/rtc-node';
import { isCaller } from '@/agent/core/people';
import { KEYS_DONE, KEYS_PAUSE_MS } from '@/lib/call/pressed-keys';
import { isBlank } from '@/lib/core/blank';
import { TYPED_MAX } from '@/lib/livekit/attributes';

const CHAT_TOPIC = 'lk.chat';

/**
 * Texts of one participant that are read at the same time; further ones are discarded. Each takes memory, and time for
 * every event of LiveKit's library. Our own choice: a page sends one after the other.
 */
const READING_MAX = 32;

/**
 * Written input that is answered at once, and milliseconds until another one is; what comes faster is answered together
 * in one later turn. Our own choice: nobody types faster, but clients send at once what was typed while the agent joined.
 */
const BURST = 10;
const EVERY_MS = 1_000;
/** Maximum turns of written input in a call: eight hours of one a minute. Our own choice. */
export const TURNS_MAX = 500;

/** Written input: a text, or the keys of an answer and all keys that were pressed. */
interface Written {
  readonly text: string;
  readonly pressed: string | undefined;
}

/** At most one character over {@link TYPED_MAX}, so that the agent can say that it was too long. */
const limited = (text: string) => text.slice(0, TYPED_MAX + 1);

/** Limits how often the written input of a call is answered, and how much of it. */
export class InputLimit {
  /** Turns that may be answered at once, at the time `#at`. */
  #free = BURST;
  #at = performance.now();
  #turns = 0;
  #waiting: Written | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param answer answers a turn: a text, and for keys all that were pressed
   * @param exhausted called once, when the call has had {@link TURNS_MAX} turns and more is written; that is ignored
   */
  constructor(
    private readonly answer: (text: string, pressed?: string) => unknown,
    private readonly exhausted: () => unknown,
  ) {}

  /** Answers this now or, together with all that comes until then, later. Nothing answers what is blank. */
  take(text: string, pressed?: string): void {
    if (isBlank(text)) return;
    if (this.#turns >= TURNS_MAX) {
      if (this.#turns++ === TURNS_MAX) this.exhausted();
      return;
    }
    const before = this.#waiting;
    this.#waiting = before
      ? {
          text: limited(`${before.text}\n${limited(text)}`),
          // Keys and text are one text.
          pressed:
            before.pressed === undefined || pressed === undefined
              ? undefined
              : limited(before.pressed + limited(pressed)),
        }
      : { text: limited(text), pressed: pressed && limited(pressed) };
    this.#next();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
  }

  #next(): void {
    const now = performance.now();
    this.#free = Math.min(BURST, this.#free + (now - this.#at) / EVERY_MS);
    this.#at = now;
    if (!this.#waiting || this.#timer) return;
    if (this.#free < 1) {
      this.#timer = setTimeout(
        () => {
          this.#timer = undefined;
          this.#next();
        },
        Math.ceil((1 - this.#free) * EVERY_MS),
      );
      return;
    }
    const { text, pressed } = this.#waiting;
    this.#waiting = undefined;
    this.#free -= 1;
    this.#turns += 1;
    this.answer(text, pressed);
  }
}

/**
 * The text, or its beginning: at least one character over {@link TYPED_MAX}, so that the agent can say that it was too
 * long.
 */
async function readText(reader: TextStreamReader): Promise<string> {
  let text = '';
  for await (const piece of reader) {
    text += piece;
    // Leaving the loop closes the reader.
    if (text.length > TYPED_MAX) break;
  }
  return text;
}

/** Calls `heard` with each text from the caller. */
export function onTextInput(room: Room, heard: (text: string) => unknown): void {
  const reading = new Map<string, number>();
  room.registerTextStreamHandler(CHAT_TOPIC, async (reader, { identity }) => {
    const open = reading.get(identity) ?? 0;
    try {
      // Not `callerOf`: a caller who reconnected is listed last, after a telephone that joined meanwhile.
      const from = room.remoteParticipants.get(identity);
      if (!from || !isCaller(from) || open >= READING_MAX) return await reader.close();
      reading.set(identity, open + 1);
      const text = await readText(reader).finally(() => {
        const left = (reading.get(identity) ?? 1) - 1;
        if (left > 0) reading.set(identity, left);
        else reading.delete(identity);
      });
      await heard(text);
    } catch (error) {
      // The call has ended meanwhile.
      log().debug({ error }, 'a text was not answered');
    }
  });
}

/** Calls `heard` with the keys of each answer (without the final hash) and with all keys that were pressed. */
export function hearKeypad(room: Room, heard: (keys: string, pressed: string) => void): void {
  let keys = '';
  let timer: NodeJS.Timeout | undefined;
  const complete = (done = '') => {
    clearTimeout(timer);
    const answer = keys;
    keys = '';
    if (answer) heard(answer, answer + done);
  };
  room.on(RoomEvent.DtmfReceived, (_code, key) => {
    if (key === KEYS_DONE) return complete(key);
    // A program can send any text as a key. One character over the limit is kept so that the agent can say that the
    // input was too long.
    keys = (keys + key).slice(0, TYPED_MAX + 1);
    clearTimeout(timer);
    timer = setTimeout(complete, KEYS_PAUSE_MS);
  });
  room.on(RoomEvent.Disconnected, () => clearTimeout(timer));
}
