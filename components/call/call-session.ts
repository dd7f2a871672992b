// One call from the press to the end: a room, the microphone, the voices, the transcript, and the
// state the caller is told. A plain object with a store; React only draws what is in it.
import { DisconnectReason, Room, RoomEvent } from 'livekit-client';
import { pageMessages } from '@/components/language/page-messages';
import { currentSettings, onSettings } from '@/components/settings/settings-store';
import { createStore, type Store } from '@/components/ui/store';
import { closingOf, type EndReason, endReason } from '@/lib/call/end-reason';
import type { JoinCode } from '@/lib/call/join-state';
import type { Line } from '@/lib/call/line';
import { kindOf, minutesOf } from '@/lib/call/refusal-kind';
import type { Voice } from '@/lib/call/transcript';
import { EMBED_PATH } from '@/lib/core/embed-sites';
import type { Takeover } from '@/lib/livekit/attributes';
import { mainMessages } from '@/lib/messages/main';
import { AgentVoice } from './agent-voice';
import { Refused } from './ask';
import { CallRecord } from './call-record';
import { atFirst, type CallSnapshot } from './call-snapshot';
import type { Dial } from './dial';
import { type Interrupted, keepInterrupted } from './interrupted';
import { forgetInterrupted } from './interrupted-key';
import { Meter } from './meter';
import { Microphone } from './microphone';
import { Observer } from './observer';
import type { Order } from './order';
import { RoomConnection } from './room-connection';
import { askBack, askInvitation, type InvitationLink } from './room-requests';
import { CHAT_TOPIC, keysIn } from './transcript-feed';

// A device chosen in the settings during a call is used at once, wherever it was chosen.
/** Follows the settings; returns what stops that. */
function followDevices(microphone: Microphone, voice: AgentVoice): () => void {
  let was = currentSettings();
  return onSettings(() => {
    const now = currentSettings();
    if (now.microphone !== was.microphone) void microphone.choose(now.microphone);
    if (now.speaker !== was.speaker) voice.route(now.speaker);
    was = now;
  });
}

// A refusal in the language of the page: where calls are too many in the page's own words, else in the
// server's sentence.
/** What the caller is told. */
function refusalWords({ refusal, message }: Refused): string {
  const { limitWords } = pageMessages(mainMessages);
  const kind = refusal && kindOf(refusal);
  if (!kind || !Object.hasOwn(limitWords, kind)) return message;
  return limitWords[kind as keyof typeof limitWords](minutesOf(refusal));
}

// Sends a typed message, or a key of a telephone, to everybody in the room, or says that it did not leave.
/** Milliseconds for a message to leave. */
const SEND_MS = 5_000;
/** Keys of a telephone by their event codes (RFC 4733, 3.2). */
const KEY_CODES = '0123456789*#';

/** What was sent, as the transcript takes it. @throws where it did not leave in time. */
async function sendMessage(
  room: Room,
  text: string,
): Promise<{ id: string; voice: Voice; text: string }> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The message did not leave in time')), SEND_MS);
  });
  const me = room.localParticipant;
  const { id } = await Promise.race([me.sendText(text, { topic: CHAT_TOPIC }), late]);
  return { id, voice: { side: 'you', by: me.identity, name: '' }, text };
}

/** @param key one of 0 to 9, * and # */
const sendKey = (room: Room, key: string): Promise<void> =>
  room.localParticipant.publishDtmf(KEY_CODES.indexOf(key), key);

/** Milliseconds between two looks: with PULSE_LOST_MS and SERVER_LOST_MS well within 3 s. */
const LOOK_MS = 250;

/** States in which nobody is there yet. */
const WAITS: readonly JoinCode[] = ['connecting', 'slow', 'waiting', 'late'];

/** A site's frame offers no way back into a call: there a page that goes hangs up. */
const EMBEDDED = typeof location !== 'undefined' && location.pathname === EMBED_PATH;

/** One call. Made when the button was pressed; {@link CallSession.state} is all there is to draw. */
export class CallSession {
  /** All there is to draw. */
  readonly state: Store<CallSnapshot>;
  readonly microphone: Microphone;
  readonly voice: AgentVoice;
  readonly callerMeter: Meter;
  /** Shown name of the deployment asked for; who joins somebody's call asks for none. */
  readonly asked: string | undefined;
  /** Resolves when the call is over. */
  readonly done: Promise<void>;
  // With one connection for both directions the agent's first words wait for one more round trip: 50 ms of 690.
  readonly #room = new Room({ disconnectOnPageLeave: EMBEDDED, singlePeerConnection: false });
  readonly #line: RoomConnection;
  readonly #observer: Observer;
  readonly #record: CallRecord;
  readonly #looks: ReturnType<typeof setInterval>;
  readonly #unfollow: () => void;
  readonly #keys = keysIn((event) => this.#record.take(event));
  #resolveDone = () => {};

  /**
   * @param earlier what was said in the call that this one goes on from
   * @param back an interrupted call that is returned to
   */
  constructor(
    private readonly order: Order,
    dial: Dial,
    earlier: readonly Line[],
    back?: Interrupted,
  ) {
    this.asked = order.kind === 'call' ? order.deployment : undefined;
    this.voice = new AgentVoice(dial, this.#room);
    this.callerMeter = new Meter(dial.audio);
    this.microphone = new Microphone(this.#room, this.callerMeter);
    this.#line = new RoomConnection(this.#room, {
      onThrough: () => {
        this.#observer.clock.restartConnecting();
        this.microphone.recordPreConnect();
      },
      onMoved: this.#moved,
      onChange: () => {
        this.#recordPreConnect();
        this.#look();
      },
    });
    this.#observer = new Observer(this.#room, order, this.#line);
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve;
    });
    this.state = createStore(atFirst(this.#observer.look()));
    this.#record = new CallRecord({
      room: this.#room,
      order,
      ownTracks: this.microphone.trackIds,
      since: this.#since,
      onLines: (lines, before) => {
        const { connectedAt } = this.state.get();
        this.#patch({ lines, startedAt: connectedAt && connectedAt - before });
      },
    });
    if (back) this.#patch({ lines: earlier });
    else if (earlier.length > 0) this.#record.goOnFrom(earlier);
    this.#listen();
    this.#looks = setInterval(this.#look, LOOK_MS);
    this.#unfollow = followDevices(this.microphone, this.voice);
    // Who joins somebody's call has nothing to say to an agent that is to come.
    if (order.kind === 'call' && !back) this.microphone.recordPreConnect();
    void this.microphone.take(dial.microphone, currentSettings().microphone, dial.words);
    if (!EMBEDDED) window.addEventListener('pagehide', this.#interrupted);
    void this.#connect(order, back);
  }

  get over(): boolean {
    return this.state.get().end !== undefined;
  }

  /** Starts the wait for the agent afresh. */
  keepWaiting(): void {
    this.#observer.clock.restartWait();
    this.#look();
  }

  /** Sends a typed message to everybody in the room. @throws where it did not leave in time. */
  async send(text: string): Promise<void> {
    this.#record.take({
      kind: 'typed',
      at: this.#since(),
      ...(await sendMessage(this.#room, text)),
    });
  }

  /** Presses a key of a telephone, for whoever listens to keys. @throws where it did not leave */
  async pressKey(key: string): Promise<void> {
    const at = this.#since();
    await sendKey(this.#room, key);
    this.#keys(key, at, { side: 'you', by: this.#room.localParticipant.identity, name: '' });
  }

  /** Makes a link that lets a colleague into the room this call is in now. @throws {Refused} */
  invite(takeover: Takeover): Promise<InvitationLink> {
    return askInvitation(this.#room.name, takeover);
  }

  /** Calls the last agent back into the room this call is in now. What came of it is in the state. */
  async callBack(): Promise<void> {
    const { agent, callingBack } = this.state.get();
    if (!agent || callingBack === 'asking') return;
    this.#patch({ callingBack: 'asking' });
    try {
      await askBack(this.#room.name, agent);
      this.#observer.wasCalledBack();
      this.#patch({ callingBack: 'no' });
      this.#look();
    } catch (error) {
      this.#patch({ callingBack: { refused: error instanceof Refused ? error.message : '' } });
    }
  }

  /** Tries once more to follow into the other room. */
  retryMove(): void {
    void this.#line.retry();
  }

  /** Ends the call by the caller's own hand, or leaves the line. */
  hangUp(): void {
    this.end(this.#line.place === undefined ? 'you' : 'left-line');
  }

  /** Ends the call; once. */
  end(reason: EndReason, detail = ''): void {
    if (this.over) return;
    clearInterval(this.#looks);
    window.removeEventListener('pagehide', this.#interrupted);
    forgetInterrupted();
    this.#unfollow();
    this.microphone.stop();
    const { join } = this.#observer.look(reason);
    this.#patch({ end: { reason, detail }, endedAt: Date.now(), join });
    this.voice.close(this.state.get().connectedAt !== undefined);
    this.#line.close();
    this.#resolveDone();
  }

  async #connect(order: Order, back: Interrupted | undefined): Promise<void> {
    try {
      await this.#line.join(order, back);
    } catch (error) {
      const refused = error instanceof Refused && error.refusal !== undefined;
      this.end(refused ? 'refused' : 'unreachable', refused ? refusalWords(error) : '');
    }
    if (this.over) return;
    const connectedAt = Date.now();
    this.#patch({ connectedAt, startedAt: connectedAt });
    if (back) this.#record.returnTo(back.call.lines, connectedAt - back.call.startedAt);
    this.keepWaiting();
    this.#sound();
    await this.microphone.publish();
  }

  /** The page goes, by a reload or for good: its place is kept for as long as LiveKit waits for it. */
  readonly #interrupted = (): void => {
    const call = this.state.get();
    const { startedAt } = call;
    if (startedAt === undefined) return;
    const { admission } = this.#line;
    keepInterrupted({
      ...{ order: this.order, ...admission, at: Date.now() },
      call: { ...call, startedAt },
    });
  };

  /** From the click on and between two rooms words are for the agent that comes; in line for nobody. */
  #recordPreConnect(): void {
    if (this.#line.place !== undefined) this.microphone.forgetWords();
    else if (this.#line.moving === 'under way') this.microphone.recordPreConnect();
  }

  readonly #moved = (): void => {
    this.#observer.moved();
    this.#record.moved();
    this.#patch({ callingBack: 'no' });
    this.#look();
    this.#sound();
    void this.microphone.republish();
  };

  /** Loud only where the browser was not satisfied with the click. */
  #sound(): void {
    void this.#room.startAudio().catch(() => {});
  }

  #listen(): void {
    const room = this.#room;
    room.on(RoomEvent.ConnectionStateChanged, () => {
      if (this.#observer.clock.changed()) {
        this.#observer.agents.forgive();
        this.#observer.agents.forgetDeparture();
        this.#record.reconnected();
      }
      this.#look();
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      // Neither a connection that never stood nor a room that was left for another ends a call here.
      if (!this.state.get().connectedAt || this.#line.moving !== 'no') return;
      const name = reason === undefined ? undefined : DisconnectReason[reason];
      const closing = closingOf(room.metadata);
      const why = endReason(name, this.#observer.agents.leaving, closing);
      this.end(why, why === 'closed' ? closing : '');
    });
    room.on(RoomEvent.AudioPlaybackStatusChanged, () =>
      this.#patch({ soundBlocked: !room.canPlaybackAudio }),
    );
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.ParticipantAttributesChanged,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.RecordingStatusChanged,
      RoomEvent.TrackSubscribed,
    ] as const) {
      room.on(event, this.#look);
    }
  }

  readonly #since = (): number => Date.now() - (this.state.get().connectedAt ?? Date.now());

  readonly #look = (): void => {
    if (this.over) return;
    const before = this.state.get();
    const { unsettled, present, lost, onStage, ...seen } = this.#observer.look();
    if (unsettled) return;
    const { reported = before.reported } = seen;
    this.voice.stage(onStage);
    const news = seen.join.code !== before.join.code && WAITS.includes(before.join.code);
    if (news && !WAITS.includes(seen.join.code) && seen.join.canSend) this.voice.joined();
    this.#patch({ ...seen, reported });
    if (this.#room.state !== 'connected' || this.#line.moving !== 'no') return;
    if (this.#record.look(present, lost)) this.voice.joined();
  };

  /** Changes what is drawn, unless it is all the same. */
  #patch(change: Partial<CallSnapshot>): void {
    const before = this.state.get();
    const next = { ...before, ...change };
    const { lines, ...rest } = next;
    const { lines: linesBefore, ...restBefore } = before;
    if (lines === linesBefore && JSON.stringify(rest) === JSON.stringify(restBefore)) return;
    this.state.set(next);
  }
}
