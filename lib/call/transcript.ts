// The transcript as a pure fold of a call's events: speech streams, typed messages, turn signals, dividers, and the
// history from before this page joined. The order of arrival does not matter. `transcript-lines.ts` formats it.

import type { Divider } from '@/lib/call/dividers';
import type { History } from '@/lib/call/history';
import type { Side } from '@/lib/call/speaker';
import type { TurnSignal } from '@/lib/livekit/attributes';

/** A speaker, as they were then, even after they left. */
export interface Voice {
  readonly side: Side;
  /** Identity in the room. */
  readonly by: string;
  /** Display name; empty without one, and for this page's own person. */
  readonly name: string;
}

/** An event. `at` is in milliseconds since the call was connected. */
export type TranscriptEvent =
  | {
      readonly kind: 'speech';
      /** `lk.segment_id`: one utterance, in however many streams. */
      readonly segment: string;
      /** Number of the stream in order of opening; a later one replaces an earlier one's text. */
      readonly stream: number;
      /** When this stream was opened. */
      readonly at: number;
      readonly voice: Voice;
      /** All text of this stream so far. */
      readonly text: string;
      readonly final: boolean;
      /** Whether the stream broke off. */
      readonly broken?: boolean;
    }
  | {
      readonly kind: 'typed';
      readonly id: string;
      readonly at: number;
      readonly voice: Voice;
      readonly text: string;
      /** Pressed on a telephone keypad. */
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
  /** An agent was lost: its speech, and its transcriptions of others, end there. */
  | { readonly kind: 'lost'; readonly at: number; readonly by: string }
  /** The transcript so far, from a page that was in the call earlier. Only the first one counts. */
  | { readonly kind: 'history'; readonly at: number; readonly history: History };

type Kind<K extends TranscriptEvent['kind']> = Extract<TranscriptEvent, { kind: K }>;
type Speech = Kind<'speech'>;

/** The state of the fold. Opaque; read it with `linesOf`. */
export interface Transcript {
  readonly speech: ReadonlyMap<string, Speech>;
  readonly typed: ReadonlyMap<string, Kind<'typed'>>;
  readonly signals: ReadonlyMap<string, Kind<'signal'>>;
  readonly dividers: ReadonlyMap<string, Kind<'divider'>>;
  /** When each lost agent was lost, by identity. */
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

/** The newer of two reports on a segment: the later stream, then the final one, then the longer one. */
function newer(a: Speech, b: Speech): Speech {
  if (a.stream !== b.stream) return a.stream > b.stream ? a : b;
  if (a.final !== b.final) return a.final ? a : b;
  return a.text.length >= b.text.length ? a : b;
}

/** Applies an event. */
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
