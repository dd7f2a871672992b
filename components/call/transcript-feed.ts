// Converts room data into transcript events: text streams with transcriptions, typed messages, and turn signals. The
// reducer is `lib/call/transcript.ts`.
import { type Room, RoomEvent } from 'livekit-client';
import { pageMessages } from '@/components/language/page-messages';
import { type PressedKeys, spaced, withKey } from '@/lib/call/pressed-keys';
import { type Heard, speakerOf, TRANSCRIPTION } from '@/lib/call/speaker';
import type { TranscriptEvent, Voice } from '@/lib/call/transcript';
import { TURN_TOPIC, turnSignal } from '@/lib/livekit/attributes';
import { mainMessages } from '@/lib/messages/main';
import { nameOf, transcribedIn } from './presence';

/** LiveKit's topic for typed messages. */
export const CHAT_TOPIC = 'lk.chat';

interface Feed {
  readonly room: Room;
  /** Ids of the tracks that this page has published. */
  readonly ownTracks: ReadonlySet<string>;
  /** Milliseconds since the call was connected. */
  readonly since: () => number;
  readonly onEvent: (event: TranscriptEvent) => void;
}

function parseSignal(payload: Uint8Array) {
  try {
    return turnSignal.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
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
export function feedTranscript({ room, ownTracks, since, onEvent }: Feed): void {
  const { text: words } = pageMessages(mainMessages);
  let streams = 0;
  let signals = 0;
  /** Names of speakers, kept because the last text may arrive after they have left. */
  const names = new Map<string, string>();
  const voiceOf = ({ identity, side }: Pick<Heard, 'identity' | 'side'>): Voice => {
    const participant = room.remoteParticipants.get(identity);
    if (participant) names.set(identity, nameOf(participant));
    return { side, by: identity, name: names.get(identity) ?? words.people.agent };
  };

  room.registerTextStreamHandler(TRANSCRIPTION.topic, async (reader, { identity: sender }) => {
    const attributes = reader.info.attributes ?? {};
    const heard = transcribedIn(room, ownTracks);
    const voice = voiceOf(speakerOf({ track: attributes[TRANSCRIPTION.track], sender }, heard));
    const base = {
      kind: 'speech',
      segment: attributes[TRANSCRIPTION.segment] ?? reader.info.id,
      stream: ++streams,
      at: since(),
      voice,
    } as const;
    const isFinal = () => reader.info.attributes?.[TRANSCRIPTION.final] === 'true';
    let text = '';
    let broken = false;
    try {
      for await (const piece of reader) {
        text += piece;
        onEvent({ ...base, text, final: isFinal() });
      }
    } catch {
      // The sender left in mid-sentence; the text so far is kept.
      broken = true;
    }
    // The agent's speech is one stream that ends with the line; people's speech is one stream per version.
    onEvent({ ...base, text, final: isFinal() || voice.side === 'agent', broken });
  });

  room.registerTextStreamHandler(CHAT_TOPIC, async (reader, { identity }) => {
    const at = since();
    const side = room.remoteParticipants.get(identity)?.isAgent ? 'agent' : 'person';
    const voice = voiceOf({ identity, side });
    const text = await reader.readAll().catch(() => '');
    if (text.trim()) onEvent({ kind: 'typed', id: reader.info.id, at, voice, text: text.trim() });
  });

  const keys = keysIn(onEvent);
  room.on(RoomEvent.SipDTMFReceived, ({ digit }, participant) => {
    if (!participant || participant.isAgent) return;
    keys(digit, since(), voiceOf({ identity: participant.identity, side: 'person' }));
  });

  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic) => {
    if (topic !== TURN_TOPIC || !participant?.isAgent) return;
    const signal = parseSignal(payload);
    if (!signal) return;
    const { identity: by } = participant;
    onEvent({ kind: 'signal', id: `signal-${++signals}`, at: since(), by, signal });
  });
}
