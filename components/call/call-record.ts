// What a call leaves behind while it goes on: the transcript, fed by the room, with who came, went
// and handed over between what was said. The folds are in `lib/call/`.
import { type Room, RoomEvent } from 'livekit-client';
import { type History, readHistory, writeHistory } from '@/lib/call/history';
import type { Line } from '@/lib/call/line';
import { NOBODY_YET, type Passages, pass, type Told } from '@/lib/call/passages';
import type { Present } from '@/lib/call/present';
import { EMPTY_TRANSCRIPT, type TranscriptEvent, takeIn } from '@/lib/call/transcript';
import { begunBefore, linesOf } from '@/lib/call/transcript-lines';
import { HISTORY_TOPIC } from '@/lib/livekit/attributes';
import type { Order } from './order';
import { isPerson, nameOf } from './presence';
import { feedTranscript } from './transcript-feed';

// The transcript so far on its way between two pages: the caller's page gives it to each colleague
// who joins, once they can receive it; the colleague's page takes the first that a person sends.
/** Gives what `history` writes to everybody who joins from now on; once to each. */
function giveHistory(room: Room, history: () => string): void {
  const given = new Set<string>();
  room.on(RoomEvent.ParticipantActive, (participant) => {
    const { identity } = participant;
    if (!isPerson(participant) || given.has(identity)) return;
    given.add(identity);
    room.localParticipant
      .sendText(history(), { topic: HISTORY_TOPIC, destinationIdentities: [identity] })
      // One whom it does not reach, gone again or not, sees what is said from now on.
      .catch(() => given.delete(identity));
  });
}

/** Takes the transcript that a person in the room sends. */
function takeHistory(room: Room, onHistory: (history: History) => void): void {
  room.registerTextStreamHandler(HISTORY_TOPIC, async (reader, { identity }) => {
    const sender = room.remoteParticipants.get(identity);
    if (!sender || !isPerson(sender)) return;
    const history = readHistory(await reader.readAll().catch(() => ''));
    if (history) onHistory(history);
  });
}

interface Recording {
  readonly room: Room;
  readonly order: Order;
  /** Ids of the tracks this page published. */
  readonly ownTracks: ReadonlySet<string>;
  /** Milliseconds since the call was connected. */
  readonly since: () => number;
  /** All lines at each change, and how many milliseconds of the call were over when this page was connected. */
  readonly onLines: (lines: readonly Line[], before: number) => void;
}

export class CallRecord {
  #transcript = EMPTY_TRANSCRIPT;
  #lines: readonly Line[] = [];
  #passages: Passages = NOBODY_YET;
  #anew = true;

  constructor(private readonly recording: Recording) {
    const { room, order, ownTracks, since } = recording;
    feedTranscript({ room, ownTracks, since, onEvent: (event) => this.take(event) });
    // Who called was there from the beginning; who joins is told what was said before.
    if (order.kind === 'call') {
      giveHistory(room, () => writeHistory(this.#lines, since(), nameOf(room.localParticipant)));
    } else {
      takeHistory(room, (history) => this.take({ kind: 'history', at: since(), history }));
    }
  }

  /** Takes an event in. */
  take(event: TranscriptEvent): void {
    this.#transcript = takeIn(this.#transcript, event);
    this.#lines = linesOf(this.#transcript);
    this.recording.onLines(this.#lines, begunBefore(this.#transcript));
  }

  /** The room stands anew: who is missing at the next look may be on the way back. */
  reconnected(): void {
    this.#anew = true;
  }

  /** This page is in another room now. */
  moved(): void {
    const { lines: id } = this.#passages;
    this.#passages = { ...NOBODY_YET, agentCame: true, lines: id + 1 };
    this.#anew = true;
    this.#tell({ id, divider: { what: 'moved' } });
  }

  /** This call goes on from another one: what was said there stands above. */
  goOnFrom(earlier: readonly Line[]): void {
    const lines = earlier.map((one) => (one.kind === 'speech' ? { ...one, final: true } : one));
    const { lines: id } = this.#passages;
    this.#passages = { ...this.#passages, lines: id + 1 };
    this.take({ kind: 'history', at: 0, history: { at: 0, lines } });
    this.#tell({ id, divider: { what: 'again' } });
  }

  /** This page is back in a call that has lasted for so long: what was said before stands above. */
  returnTo(lines: readonly Line[], before: number): void {
    const said = lines.map((one) => (one.kind === 'speech' ? { ...one, final: true } : one));
    this.take({ kind: 'history', at: 0, history: { at: before, lines: said } });
  }

  /**
   * Takes a look into the connected room. Returns whether somebody has come since the last.
   * @param lost identities of the agents that were lost
   */
  look(present: readonly Present[], lost: ReadonlySet<string>): boolean {
    const { after, told } = pass(this.#passages, present, this.#anew, lost);
    this.#passages = after;
    this.#anew = false;
    for (const one of told) this.#tell(one);
    return told.some(({ divider: { what } }) => what === 'joined' || what === 'back');
  }

  #tell({ id, divider, lost }: Told): void {
    const at = this.recording.since();
    this.take({ kind: 'divider', id: `divider-${id}`, at, divider });
    if (lost !== undefined) this.take({ kind: 'lost', at, by: lost });
  }
}
