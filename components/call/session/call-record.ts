// The transcript of a call in progress, fed by the room, with joins, departures and handoffs between the lines. The
// reducers are in `lib/call/`.
import { type Room, RoomEvent } from 'livekit-client';
import { announced } from '@/components/call/session/announced';
import type { Order } from '@/components/call/session/order';
import {
  isCaller,
  isPerson,
  nameOf,
  readPayload,
  transcribedIn,
} from '@/components/call/session/presence';
import { followSessions } from '@/components/call/session/session-stream';
import {
  type DividerState,
  NO_DIVIDERS,
  nextDividers,
  type ReportedDivider,
} from '@/lib/call/dividers';
import { type History, readHistory, writeHistory } from '@/lib/call/history';
import type { Line } from '@/lib/call/line';
import type { Present } from '@/lib/call/present';
import { type PressedKeys, spaced, withKey } from '@/lib/call/pressed-keys';
import { type Heard, speakerOf, TRANSCRIPTION } from '@/lib/call/speaker';
import { EMPTY_TRANSCRIPT, type TranscriptEvent, takeIn, type Voice } from '@/lib/call/transcript';
import { begunBefore, linesOf } from '@/lib/call/transcript-lines';
import { isBlank } from '@/lib/core/blank';
import { HISTORY_TOPIC, TURN_TOPIC, turnSignal } from '@/lib/livekit/attributes';

/** LiveKit's topic for typed messages. */
export const CHAT_TOPIC = 'lk.chat';

interface Feed {
  readonly room: Room;
  /** Ids of the tracks that this page has published. */
  readonly ownTracks: ReadonlySet<string>;
  /** Milliseconds since the call was connected. */
  readonly since: () => number;
  readonly onEvent: (event: TranscriptEvent) => void;
  /** Called with each message of the session of an agent of another worker. */
  readonly onMessage: (message: Uint8Array) => void;
}

/** Collects single keys: those of one answer become one message. */
export function keysIn(onEvent: Feed['onEvent']): (key: string, at: number, voice: Voice) => void {
  const pressed = new Map<string, PressedKeys>();
  return (key, at, voice) => {
    const answer = withKey(pressed.get(voice.by), key, at);
    pressed.set(voice.by, answer);
    const id = `keys-${voice.by}-${answer.at}`;
    onEvent({ kind: 'typed', id, at: answer.at, voice, text: spaced(answer.keys), pressed: true });
  };
}

/** Feeds the transcript from the room. */
function feedTranscript({ room, ownTracks, since, onEvent, onMessage }: Feed): void {
  let streams = 0;
  let signals = 0;
  /** Names of speakers, kept because the last text may arrive after they have left. */
  const names = new Map<string, string>();
  const leftAgents = new Set<string>();
  room.on(RoomEvent.ParticipantDisconnected, ({ identity, isAgent }) => {
    if (isAgent) leftAgents.add(identity);
  });
  const voiceOf = ({ identity, side }: Pick<Heard, 'identity' | 'side'>): Voice => {
    const participant = room.remoteParticipants.get(identity);
    if (participant) names.set(identity, nameOf(participant));
    return { side, by: identity, name: names.get(identity) ?? '' };
  };

  room.registerTextStreamHandler(TRANSCRIPTION.topic, async (reader, { identity: sender }) => {
    const attributes = reader.info.attributes ?? {};
    const stream = ++streams;
    const at = since();
    let speaker: ReturnType<typeof speakerOf>;
    const add = (text: string, ended: boolean, broken = false) => {
      const track = attributes[TRANSCRIPTION.track];
      speaker ??= speakerOf({ track, sender }, transcribedIn(room, ownTracks), leftAgents);
      if (!speaker) return;
      const voice = voiceOf(speaker);
      const segment = attributes[TRANSCRIPTION.segment] ?? reader.info.id;
      // The agent's speech is one stream that ends with the line; people's speech is one stream per version.
      const final =
        reader.info.attributes?.[TRANSCRIPTION.final] === 'true' ||
        (ended && voice.side === 'agent');
      onEvent({
        kind: 'speech',
        segment,
        stream,
        at,
        voice,
        text,
        final,
        ...(ended && { broken }),
      });
    };
    let text = '';
    let broken = false;
    try {
      for await (const piece of reader) {
        text += piece;
        add(text, false);
      }
    } catch {
      // The sender left in mid-sentence; the text so far is kept.
      broken = true;
    }
    // The first words of an agent may arrive, all of them, before LiveKit has announced it.
    if (!speaker && !leftAgents.has(sender)) await announced(room, sender);
    add(text, true, broken);
  });

  room.registerTextStreamHandler(CHAT_TOPIC, async (reader, { identity }) => {
    const at = since();
    const sender = room.remoteParticipants.get(identity);
    const text = await reader.readAll().catch(() => '');
    const isAgent =
      leftAgents.has(identity) || (sender ?? (await announced(room, identity))).isAgent;
    const voice = voiceOf({ identity, side: isAgent ? 'agent' : 'person' });
    if (!isBlank(text))
      onEvent({ kind: 'typed', id: reader.info.id, at, voice, text: text.trim() });
  });

  const keys = keysIn(onEvent);
  room.on(RoomEvent.SipDTMFReceived, ({ digit }, participant) => {
    if (!participant || participant.isAgent) return;
    keys(digit, since(), voiceOf({ identity: participant.identity, side: 'person' }));
  });

  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic) => {
    if (topic !== TURN_TOPIC || !participant?.isAgent) return;
    const signal = readPayload(turnSignal, payload);
    if (!signal) return;
    const { identity: by } = participant;
    onEvent({ kind: 'signal', id: `signal-${++signals}`, at: since(), by, signal });
  });

  followSessions(room, {
    onTrouble: (by, text) => {
      const id = `signal-${++signals}`;
      onEvent({ kind: 'signal', id, at: since(), by, signal: { kind: 'trouble', text } });
    },
    onMessage,
  });
}

/** On the caller's page: sends `history` once to each colleague who joins, as soon as they can receive it. */
function sendHistory(room: Room, history: () => string): void {
  const given = new Set<string>();
  room.on(RoomEvent.ParticipantActive, (participant) => {
    const { identity } = participant;
    if (!isPerson(participant) || given.has(identity)) return;
    given.add(identity);
    room.localParticipant
      .sendText(history(), { topic: HISTORY_TOPIC, destinationIdentities: [identity] })
      // If it cannot be delivered, the colleague sees what is said from now on.
      .catch(() => given.delete(identity));
  });
}

/** On a colleague's page: accepts the transcript from the caller. */
function receiveHistory(room: Room, onHistory: (history: History) => void): void {
  room.registerTextStreamHandler(HISTORY_TOPIC, async (reader, { identity }) => {
    const sender = room.remoteParticipants.get(identity);
    if (!sender || !isCaller(sender)) return;
    const history = readHistory(await reader.readAll().catch(() => ''));
    if (history) onHistory(history);
  });
}

interface Recording {
  readonly room: Room;
  readonly order: Order;
  /** Ids of the tracks that this page has published. */
  readonly ownTracks: ReadonlySet<string>;
  /** Milliseconds since the call was connected. */
  readonly since: () => number;
  /**
   * Called with all lines on each change, and with the milliseconds of the call before this page connected.
   */
  readonly onLines: (lines: readonly Line[], before: number) => void;
  readonly onMessage: Feed['onMessage'];
}

export class CallRecord {
  #transcript = EMPTY_TRANSCRIPT;
  #lines: readonly Line[] = [];
  #dividers: DividerState = NO_DIVIDERS;
  #isFirst = true;

  constructor(private readonly recording: Recording) {
    const { room, order, ownTracks, since, onMessage } = recording;
    feedTranscript({ room, ownTracks, since, onMessage, onEvent: (event) => this.take(event) });
    // The caller has heard everything; a colleague gets the transcript so far.
    if (order.kind === 'call') {
      sendHistory(room, () => writeHistory(this.#lines, since(), nameOf(room.localParticipant)));
    } else {
      receiveHistory(room, (history) => this.take({ kind: 'history', at: since(), history }));
    }
  }

  /** Adds an event. */
  take(event: TranscriptEvent): void {
    this.#transcript = takeIn(this.#transcript, event);
    this.#lines = linesOf(this.#transcript);
    this.recording.onLines(this.#lines, begunBefore(this.#transcript));
  }

  /** The room was reconnected: participants who are missing now may be about to return. */
  reconnected(): void {
    this.#isFirst = true;
  }

  /** This page is in another room now. */
  moved(): void {
    const { lines: id } = this.#dividers;
    this.#dividers = { ...NO_DIVIDERS, agentCame: true, lines: id + 1 };
    this.#isFirst = true;
    this.#addDivider({ id, divider: { what: 'moved' } });
  }

  /** Continues the transcript of an earlier call. */
  continueFrom(earlier: readonly Line[]): void {
    const lines = earlier.map((one) => (one.kind === 'speech' ? { ...one, final: true } : one));
    const { lines: id } = this.#dividers;
    this.#dividers = { ...this.#dividers, lines: id + 1 };
    this.take({ kind: 'history', at: 0, history: { at: 0, lines } });
    this.#addDivider({ id, divider: { what: 'again' } });
  }

  /** Restores the transcript of a call that this page has returned to. */
  returnTo(lines: readonly Line[], before: number): void {
    const said = lines.map((one) => (one.kind === 'speech' ? { ...one, final: true } : one));
    this.take({ kind: 'history', at: 0, history: { at: before, lines: said } });
  }

  /**
   * Reads the participants of the connected room. Returns whether somebody has joined since the last time.
   * @param lost identities of lost agents
   */
  observe(present: readonly Present[], lost: ReadonlySet<string>): boolean {
    const { after, dividers } = nextDividers(this.#dividers, present, this.#isFirst, lost);
    this.#dividers = after;
    this.#isFirst = false;
    for (const one of dividers) this.#addDivider(one);
    return dividers.some(({ divider: { what } }) => what === 'joined' || what === 'back');
  }

  #addDivider({ id, divider, lost }: ReportedDivider): void {
    const at = this.recording.since();
    this.take({ kind: 'divider', id: `divider-${id}`, at, divider });
    if (lost !== undefined) this.take({ kind: 'lost', at, by: lost });
  }
}
