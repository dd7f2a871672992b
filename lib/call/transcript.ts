// The transcript as a pure fold of what happens in a call: speech streams, typed messages, turn
// signals, who came and went, and what was said before this page came. The order of arrival does not
// matter. What is shown of it is `transcript-lines.ts`.
import type { TurnSignal } from '@/lib/livekit/attributes';
import type { History } from './history';
import type { Divider } from './passages';
import type { Side } from './speaker';

/** Who said something: kept as it was then, also after they left. */
export interface Voice {
  readonly side: Side;
  /** Identity in the room. */
  readonly by: string;
  /** The name to show; of this page's own person it is not used. */
  readonly name: string;
}

/** One thing that happened. `at` is milliseconds since the call was connected. */
export type TranscriptEvent =
  | {
      readonly kind: 'speech';
      /** `lk.segment_id`: one utterance, however many streams carry it. */
      readonly segment: string;
      /** Number of the stream in order of opening; a later one replaces the text of an earlier. */
      readonly stream: number;
      /** When this stream was opened. */
      readonly at: number;
      readonly voice: Voice;
      /** All text of this stream so far. */
      readonly text: string;
      readonly final: boolean;
      /** The stream broke off before its end. */
      readonly broken?: boolean;
    }
  | {
      readonly kind: 'typed';
      readonly id: string;
      readonly at: number;
      readonly voice: Voice;
      readonly text: string;
      /** On the keys of a telephone. */
      readonly pressed?: boolean;
    }
  | {
      readonly kind: 'signal';
      readonly id: string;
      readonly at: number;
      /** Identity of the agent that sent it. */
      readonly by: string;
      readonly signal: TurnSignal;
    }
  | {
      readonly kind: 'divider';
      readonly id: string;
      readonly at: number;
      readonly divider: Divider;
    }
  /** An agent was lost: what it was saying, or writing down of others, ends there. */
  | { readonly kind: 'lost'; readonly at: number; readonly by: string }
  /** The transcript so far, from the page that was in the call before. Only the first counts. */
  | { readonly kind: 'history'; readonly at: number; readonly history: History };

type Kind<K extends TranscriptEvent['kind']> = Extract<TranscriptEvent, { kind: K }>;
type Speech = Kind<'speech'>;

/** What was taken in so far. Treat as opaque; `linesOf` reads it. */
export interface Transcript {
  readonly speech: ReadonlyMap<string, Speech>;
  readonly typed: ReadonlyMap<string, Kind<'typed'>>;
  readonly signals: ReadonlyMap<string, Kind<'signal'>>;
  readonly dividers: ReadonlyMap<string, Kind<'divider'>>;
  /** When each agent that was lost was lost, by identity. */
  readonly lost: ReadonlyMap<string, number>;
  readonly history: Kind<'history'> | undefined;
}

export const EMPTY_TRANSCRIPT: Transcript = {
  speech: new Map(),
  typed: new Map(),
  signals: new Map(),
  dividers: new Map(),
  lost: new Map(),
  history: undefined,
};

/** Of two reports on one segment: the later stream, then the closed one, then the longer one. */
function newer(a: Speech, b: Speech): Speech {
  if (a.stream !== b.stream) return a.stream > b.stream ? a : b;
  if (a.final !== b.final) return a.final ? a : b;
  return a.text.length >= b.text.length ? a : b;
}

/** Takes one event in. */
export function takeIn(transcript: Transcript, event: TranscriptEvent): Transcript {
  switch (event.kind) {
    case 'speech': {
      const known = transcript.speech.get(event.segment);
      const merged = known ? { ...newer(known, event), at: Math.min(known.at, event.at) } : event;
      return { ...transcript, speech: new Map(transcript.speech).set(event.segment, merged) };
    }
    case 'typed':
      return { ...transcript, typed: new Map(transcript.typed).set(event.id, event) };
    case 'signal':
      return { ...transcript, signals: new Map(transcript.signals).set(event.id, event) };
    case 'divider':
      return { ...transcript, dividers: new Map(transcript.dividers).set(event.id, event) };
    case 'lost': {
      const at = Math.max(event.at, transcript.lost.get(event.by) ?? 0);
      return { ...transcript, lost: new Map(transcript.lost).set(event.by, at) };
    }
    case 'history':
      return { ...transcript, history: transcript.history ?? event };
  }
}
