// One call from the click to the end: the room, the microphone, the voices, the transcript, and the state that the
// caller sees. A plain object with a store; React only renders it.
import { LivekitError, Room, RoomEvent } from 'livekit-client';
import type { CallAudio } from '@/components/audio/call-audio';
import { Meter } from '@/components/audio/meter';
import { AgentVoice } from '@/components/call/session/agent-voice';
import { CallRecord, CHAT_TOPIC, keysIn } from '@/components/call/session/call-record';
import {
  type CallEnd,
  type CallSnapshot,
  forgetInterrupted,
  saveInterrupted,
} from '@/components/call/session/call-snapshot';
import type { Interrupted } from '@/components/call/session/interrupted';
import { Microphone } from '@/components/call/session/microphone';
import { Observer } from '@/components/call/session/observer';
import type { Order } from '@/components/call/session/order';
import { isSeen } from '@/components/call/session/presence';
import {
  type Admission,
  type InvitationLink,
  reportStuck,
  requestCallBack,
  requestInvitation,
} from '@/components/call/session/requests';
import { RoomConnection, stopVideo } from '@/components/call/session/room-connection';
import { SilentAgents } from '@/components/call/session/silent-agent';
import { currentSettings, onSettings } from '@/components/settings/settings-store';
import { isFirefox, keepScreenOn, lacksNetwork } from '@/components/ui/browser';
import { ApiError, toApiError } from '@/components/ui/request';
import { createStore, type Store } from '@/components/ui/store';
import type { JoinCode } from '@/lib/call/join-state';
import type { Line } from '@/lib/call/line';
import { type PageEnd, pageEnd } from '@/lib/call/page-end';
import type { Voice } from '@/lib/call/transcript';
import { EMBED_PATH } from '@/lib/core/embed-sites';
import { namesLoopback } from '@/lib/core/sign-in-mode';
import type { Takeover } from '@/lib/livekit/attributes';
import { closingOf } from '@/lib/livekit/attributes';
import { reasonOfDisconnect } from '@/lib/livekit/end-reason';
import { type ReceivedMessage, withMessage } from '@/lib/livekit/received-messages';

/** Applies changes of the device settings during a call. Returns the function that stops it. */
function followDevices(microphone: Microphone, voice: AgentVoice): () => void {
  let was = currentSettings();
  return onSettings(() => {
    const now = currentSettings();
    if (now.talk !== was.talk) void microphone.talkBy(now.talk);
    else if (now.microphone !== was.microphone) void microphone.follow(now.microphone);
    if (now.speaker !== was.speaker) voice.route(now.speaker);
    was = now;
  });
}

/** Limits that pages explain in their own words. */
const LIMITS = ['too-many-calls', 'in-another-call', 'day-used-up'] as const;

/** A call that the server refused: because of a limit, or for a reason that its message gives. */
function refused({ kind, detail, refusal }: ApiError): CallEnd {
  const limit = LIMITS.find((one) => one === kind);
  if (!limit) return { reason: 'refused', detail };
  const minutes = Math.ceil(Number(refusal?.retryAfter) / 60) || 1;
  return { reason: 'refused', limit: { kind: limit, minutes } };
}

/** Why a call could not be joined. Whatever neither this server nor LiveKit's client reports is an error of this page. */
export function failedJoin(
  error: unknown,
  { serverInfo }: Pick<Room, 'serverInfo'>,
  serverUrl: string,
): CallEnd {
  if (error instanceof ApiError && error.refusal) return refused(error);
  // LiveKit let the caller in, and then there was no way for the sound.
  if (error instanceof LivekitError && serverInfo && namesLoopback(serverUrl) && lacksNetwork()) {
    return { reason: 'no-network' };
  }
  const isUnanswered = error instanceof ApiError && error.status === 0;
  if (isUnanswered || error instanceof LivekitError) {
    return { reason: 'unreachable' };
  }
  console.error(error);
  return { reason: 'page-error' };
}

/** Timeout for sending a message, in milliseconds. */
const SEND_MS = 5_000;
/** Keypad keys by their event codes (RFC 4733, 3.2). */
const KEY_CODES = '0123456789*#';

/**
 * Sends a typed message to everybody in the room and returns it as the transcript expects it.
 * @throws if it was not sent in time
 */
async function sendMessage(
  room: Room,
  text: string,
): Promise<{ id: string; voice: Voice; text: string }> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('Sending timed out')), SEND_MS);
  });
  const me = room.localParticipant;
  const { id } = await Promise.race([me.sendText(text, { topic: CHAT_TOPIC }), late]);
  return { id, voice: { side: 'you', by: me.identity, name: '' }, text };
}

/**
 * Sends a keypad key to everybody in the room.
 * @param key one of 0 to 9, `*` and `#`
 */
const sendKey = (room: Room, key: string): Promise<void> =>
  room.localParticipant.publishDtmf(KEY_CODES.indexOf(key), key);

/** Milliseconds between observations: with HEARTBEAT_TIMEOUT_MS and SERVER_LOST_MS, well within 3 s. */
const OBSERVE_MS = 250;

/** States before an agent has joined. */
const WAITING: readonly JoinCode[] = ['connecting', 'slow', 'waiting', 'late'];

/** A call in an embedded frame cannot be resumed, so leaving the page ends it. */
const EMBEDDED = typeof location !== 'undefined' && location.pathname === EMBED_PATH;

/** One call, created by the click. {@link CallSession.state} is all that is rendered. */
export class CallSession {
  /** Everything that is rendered. */
  readonly state: Store<CallSnapshot>;
  /** The last messages of sessions of agents of other workers, for the console. */
  readonly messages = createStore<readonly ReceivedMessage[]>([]);
  readonly microphone: Microphone;
  readonly voice: AgentVoice;
  readonly callerMeter: Meter;
  /** Name of the requested deployment; undefined for a colleague, who requests none. */
  readonly deployment: string | undefined;
  /** Resolves when the call is over. */
  readonly done: Promise<void>;
  // With a single peer connection, the agent's first audio takes one more round trip: 50 ms of 690. With two, Firefox takes
  // a second longer to connect; and it must be the one that chooses the addresses, as LiveKit may choose loopback.
  readonly room = new Room({
    disconnectOnPageLeave: EMBEDDED,
    singlePeerConnection: isFirefox(),
  });
  readonly #connection: RoomConnection;
  readonly #observer: Observer;
  readonly #silent = new SilentAgents(
    (report) => reportStuck(this.room.name, report),
    (anotherAgent) => this.#patch({ anotherAgent }),
  );
  readonly #record: CallRecord;
  readonly #observing: ReturnType<typeof setInterval>;
  readonly #unfollow: () => void;
  readonly #letScreenSleep = keepScreenOn();
  readonly #keys = keysIn((event) => this.#record.take(event));
  #resolveDone = () => {};

  /**
   * @param earlier transcript of the call that this one continues
   * @param admission see `RoomConnection.join`
   * @param back the interrupted call to return to
   */
  constructor(
    readonly order: Order,
    audio: CallAudio,
    earlier: readonly Line[],
    admission: Promise<Admission>,
    back?: Interrupted,
  ) {
    this.deployment = order.kind === 'call' ? order.deployment : undefined;
    this.voice = new AgentVoice(audio, this.room);
    this.callerMeter = new Meter(audio.context);
    this.microphone = new Microphone(this.room, this.callerMeter, currentSettings().talk);
    this.#connection = new RoomConnection(this.room, {
      onTurn: () => {
        this.#observer.clock.restartConnecting();
        this.microphone.recordPreConnect();
      },
      onMoved: this.#moved,
      onChange: () => {
        this.#recordPreConnect();
        this.#observe();
      },
    });
    this.#observer = new Observer(this.room, order, this.#connection);
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve;
    });
    const { unsettled, present, lost, onStage, silent, ...observed } = this.#observer.observe();
    this.state = createStore<CallSnapshot>({
      ...observed,
      connectedAt: undefined,
      startedAt: undefined,
      endedAt: undefined,
      end: undefined,
      lines: [],
      callingBack: 'no',
      anotherAgent: 'no',
    });
    this.#record = new CallRecord({
      room: this.room,
      order,
      ownTracks: this.microphone.trackIds,
      since: this.#since,
      onMessage: (bytes) => {
        this.messages.set(withMessage(this.messages.get(), { at: Date.now(), bytes }));
      },
      onLines: (lines, before) => {
        this.#observer.heard(lines);
        const { connectedAt } = this.state.get();
        this.#patch({ lines, startedAt: connectedAt && connectedAt - before });
      },
    });
    if (back) this.#patch({ lines: earlier });
    else if (earlier.length > 0) this.#record.continueFrom(earlier);
    this.#listen();
    this.#observing = setInterval(this.#observe, OBSERVE_MS);
    this.#unfollow = followDevices(this.microphone, this.voice);
    // A colleague does not talk to an agent that is yet to join, so nothing is recorded for one.
    if (order.kind === 'call' && !back) this.microphone.recordPreConnect();
    if (audio.microphone) {
      const { track, recording } = audio.microphone;
      void this.microphone.take(track, currentSettings().microphone, recording);
    }
    if (!EMBEDDED) window.addEventListener('pagehide', this.#interrupted);
    window.addEventListener('pageshow', this.#restored);
    void this.#connect(order, admission, back);
  }

  get over(): boolean {
    return this.state.get().end !== undefined;
  }

  /** Restarts the wait for the agent, or for its answer. */
  keepWaiting(): void {
    this.#observer.keepWaiting();
    this.#observe();
  }

  /** Asks for another agent in the place of the one that does not answer. The result is in the state. */
  replaceAgent(): Promise<void> {
    return this.#silent.replace();
  }

  /**
   * Sends a typed message to everybody in the room.
   * @throws if it was not sent in time
   */
  async send(text: string): Promise<void> {
    this.#record.take({
      kind: 'typed',
      at: this.#since(),
      ...(await sendMessage(this.room, text)),
    });
  }

  /**
   * Sends a keypad key to participants that listen to keys.
   * @throws if it was not sent in time
   */
  async pressKey(key: string): Promise<void> {
    const at = this.#since();
    await sendKey(this.room, key);
    this.#keys(key, at, { side: 'you', by: this.room.localParticipant.identity, name: '' });
  }

  /**
   * Creates an invitation link for the current room.
   * @throws {ApiError}
   */
  invite(takeover: Takeover): Promise<InvitationLink> {
    return requestInvitation(this.room.name, takeover);
  }

  /** Calls the last agent back into the current room. The result is in the state. */
  async callBack(): Promise<void> {
    const { agent, callingBack } = this.state.get();
    if (agent?.deployment === undefined || callingBack === 'asking') return;
    this.#patch({ callingBack: 'asking' });
    try {
      await requestCallBack(this.room.name, agent.agent, agent.deployment);
      this.#observer.wasCalledBack();
      this.#patch({ callingBack: 'no' });
      this.#observe();
    } catch (error) {
      this.#patch({ callingBack: { failed: toApiError(error) } });
    }
  }

  /** Tries again to move to the other room. */
  retryMove(): void {
    void this.#connection.retry();
  }

  /** Ends the call, or leaves the queue. */
  hangUp(): void {
    this.end(this.#connection.position === undefined ? 'left' : 'left-queue');
  }

  /** Ends the call, once. */
  end(reason: PageEnd, more: Omit<CallEnd, 'reason'> = {}): void {
    if (this.over) return;
    clearInterval(this.#observing);
    window.removeEventListener('pagehide', this.#interrupted);
    window.removeEventListener('pageshow', this.#restored);
    // The page offers to return to an interrupted one.
    if (reason !== 'interrupted') forgetInterrupted();
    this.#unfollow();
    this.#letScreenSleep();
    this.microphone.stop();
    const { join } = this.#observer.observe(reason);
    this.#patch({ end: { reason, ...more }, endedAt: Date.now(), join });
    this.voice.close(this.state.get().connectedAt !== undefined);
    this.#connection.close();
    this.#resolveDone();
  }

  async #connect(
    order: Order,
    admission: Promise<Admission>,
    back: Interrupted | undefined,
  ): Promise<void> {
    try {
      await this.#connection.join(order, admission);
    } catch (error) {
      if (this.over) return;
      const end = failedJoin(error, this.room, this.#connection.admission.serverUrl);
      this.end(end.reason, end);
    }
    if (this.over) return;
    const connectedAt = Date.now();
    this.#patch({ connectedAt, startedAt: connectedAt });
    if (back) this.#record.returnTo(back.call.lines, connectedAt - back.call.startedAt);
    this.keepWaiting();
    await this.microphone.publish();
  }

  /** The page is unloading: saves the call, so that it can be resumed while LiveKit keeps the participant. */
  readonly #interrupted = (): void => {
    const call = this.state.get();
    const { startedAt } = call;
    if (startedAt === undefined) return;
    const { admission } = this.#connection;
    saveInterrupted({
      ...{ order: this.order, ...admission, at: Date.now() },
      call: { ...call, startedAt },
    } satisfies Interrupted);
  };

  /** The page is back from the browser's back/forward cache, in which no connection stays open. */
  readonly #restored = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.end('interrupted');
  };

  /**
   * Records pre-connect audio after the click and between two rooms, for the next agent; not in the queue.
   */
  #recordPreConnect(): void {
    if (this.#connection.position !== undefined) this.microphone.discardPreConnect();
    else if (this.#connection.moving === 'under way') this.microphone.recordPreConnect();
  }

  readonly #moved = (): void => {
    this.#observer.moved();
    this.#record.moved();
    this.#patch({ callingBack: 'no' });
    this.#observe();
    void this.microphone.republish();
  };

  #listen(): void {
    const room = this.room;
    room.on(RoomEvent.ConnectionStateChanged, () => {
      if (this.#observer.clock.changed()) {
        this.#observer.agents.restartSilence();
        this.#observer.agents.forgetDeparture();
        this.#record.reconnected();
      }
      this.#observe();
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      // A connection that never succeeded and a move to another room do not end the call.
      if (!this.state.get().connectedAt || this.#connection.moving !== 'no') return;
      const closing = closingOf(room.metadata);
      const { leaving } = this.#observer.agents;
      const why = pageEnd(reasonOfDisconnect(reason), leaving, closing);
      this.end(why, why === 'closed' ? { detail: closing } : {});
    });
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.ParticipantAttributesChanged,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.TrackSubscribed,
    ] as const) {
      room.on(event, this.#observe);
    }
  }

  readonly #since = (): number => Date.now() - (this.state.get().connectedAt ?? Date.now());

  readonly #observe = (): void => {
    if (this.over) return;
    const before = this.state.get();
    const { unsettled, present, lost, onStage, silent, ...seen } = this.#observer.observe();
    if (unsettled) return;
    const { reported = before.reported } = seen;
    this.voice.stage(onStage);
    const { localParticipant, remoteParticipants } = this.room;
    // The agent that saw it has left. A connection that is lost meanwhile stops it as well.
    if (
      localParticipant.videoTrackPublications.size > 0 &&
      !isSeen([...remoteParticipants.values()])
    ) {
      void stopVideo(localParticipant).catch(() => {});
    }
    const news = seen.join.code !== before.join.code && WAITING.includes(before.join.code);
    if (news && !WAITING.includes(seen.join.code) && seen.join.canSend) this.voice.joined();
    this.#patch({ ...seen, reported });
    if (seen.join.code === 'unanswered') this.#silent.observe(silent);
    if (this.room.state !== 'connected' || this.#connection.moving !== 'no') return;
    if (this.#record.observe(present, lost)) this.voice.joined();
  };

  /** Updates the state, unless nothing has changed. */
  #patch(change: Partial<CallSnapshot>): void {
    const before = this.state.get();
    const next = { ...before, ...change };
    const { lines, ...rest } = next;
    const { lines: linesBefore, ...restBefore } = before;
    if (lines === linesBefore && JSON.stringify(rest) === JSON.stringify(restBefore)) return;
    this.state.set(next);
  }
}
