// The connection of a call: waits in the queue, joins the first room, and follows an agent to another room. Leaving
// the old room does not end the call.
import { EngineEvent, type LocalParticipant, type Room, RoomEvent, RpcError } from 'livekit-client';
import type { Order } from '@/components/call/session/order';
import { readPayload } from '@/components/call/session/presence';
import { type Admission, requestToken, waitInQueue } from '@/components/call/session/requests';
import { isFirefox } from '@/components/ui/browser';
import type { Observed } from '@/lib/call/observed';
import { MOVE_METHOD, moveOrder } from '@/lib/livekit/attributes';

/** Milliseconds for the response to leave: LiveKit does not report when it has. */
const ANSWER_MS = 150;
/** Error code of a refused move: the first one that LiveKit leaves to applications. */
const REFUSED = 1;

/**
 * Lets agents move the caller: calls `onMove` with the token of the other room. Moves are accepted only from
 * participants that LiveKit reports as agents, and answered before the room is left.
 */
function followMoves(room: Room, onMove: (token: string) => void): void {
  room.registerRpcMethod(MOVE_METHOD, async ({ callerIdentity, payload }) => {
    if (!room.remoteParticipants.get(callerIdentity)?.isAgent) {
      throw new RpcError(REFUSED, 'Only an agent may move the caller');
    }
    const order = readPayload(moveOrder, payload);
    if (!order) throw new RpcError(REFUSED, 'Invalid move request');
    setTimeout(() => onMove(order.token), ANSWER_MS);
    return 'moving';
  });
}

/**
 * Keeps two receivers of audio unused in each connection, for Firefox with a single peer connection. There a voice may arrive
 * before the answer that says whose it is. If only one receiver is not inactive, because others have left, Firefox gives the
 * voice to that one for good, and nobody hears it. Between two it waits for the answer.
 */
function keepSpareReceivers(room: Room): void {
  const kept = new WeakSet<object>();
  const keep = () => {
    const publisher = room.engine.pcManager?.publisher;
    if (!publisher || kept.has(publisher)) return;
    kept.add(publisher);
    // They are part of the next offer, which comes before the next voice.
    for (let i = 0; i < 2; i++) publisher.addTransceiverOfKind('audio', { direction: 'recvonly' });
  };
  room.on(RoomEvent.Connected, keep);
  room.on(RoomEvent.Reconnected, keep);
}

/** Stops the caller's video. */
export async function stopVideo(me: LocalParticipant): Promise<void> {
  for (const { track } of me.videoTrackPublications.values()) {
    if (track) await me.unpublishTrack(track, true);
  }
}

interface RoomConnectionEvents {
  /** It is the caller's turn: connecting starts. */
  readonly onTurn: () => void;
  /** The other room was joined. */
  readonly onMoved: () => void;
  /** `moving` or `position` has changed. */
  readonly onChange: () => void;
}

export class RoomConnection {
  #moving: Observed['moving'] = 'no';
  #position: Observed['position'];
  readonly #left = new AbortController();
  #serverUrl = '';
  /** Token of the current room, or of the room being moved to. */
  #token = '';
  #closed = false;

  constructor(
    private readonly room: Room,
    private readonly on: RoomConnectionEvents,
  ) {
    followMoves(room, (token) => void this.#move(token));
    if (isFirefox()) keepSpareReceivers(room);
  }

  get moving(): Observed['moving'] {
    return this.#moving;
  }

  /** Position in the queue while waiting in it. */
  get position(): Observed['position'] {
    return this.#position;
  }

  /** What is needed to join the room again. */
  get admission(): Admission {
    return { serverUrl: this.#serverUrl, token: this.#token };
  }

  /**
   * Joins the first room when it is the caller's turn.
   * @param first the response to the first request for a token, or how to rejoin a room
   * @throws {ApiError}, or LiveKit's error if the room cannot be joined
   */
  async join(order: Order, first: Promise<Admission>): Promise<void> {
    const { signal } = this.#left;
    const request = (ticket: string | undefined) =>
      ticket === undefined ? first : requestToken(order, { ticket, signal });
    const { serverUrl, token } = await waitInQueue(request, {
      onPosition: this.#onPosition,
      left: signal,
    });
    if (this.#closed) return;
    this.#serverUrl = serverUrl;
    await this.#connect(token);
    if (this.#closed) await this.room.disconnect();
  }

  /** Tries again to join the other room. */
  retry(): Promise<void> {
    return this.#move(this.#token);
  }

  close(): void {
    this.#closed = true;
    this.#left.abort();
    void this.room.disconnect();
  }

  async #move(token: string): Promise<void> {
    if (this.#closed || this.#moving === 'under way') return;
    this.#token = token;
    this.#become('under way');
    try {
      // The agent there sees nothing that the caller has not shown to it.
      await stopVideo(this.room.localParticipant);
      // The microphone stays open and is published in the other room.
      await this.room.disconnect(false);
      if (!this.#closed) await this.#connect(token);
    } catch {
      return this.#become('failed');
    }
    if (this.#closed) return void this.room.disconnect();
    this.#become('no');
    this.on.onMoved();
  }

  async #connect(token: string): Promise<void> {
    this.#token = token;
    await this.room.connect(this.#serverUrl, token);
    // LiveKit refreshes the tokens of participants; each connection has its own engine.
    this.room.engine.on(EngineEvent.TokenRefreshed, (renewed) => {
      this.#token = renewed;
    });
  }

  readonly #onPosition = (position: Observed['position']): void => {
    this.#position = position;
    if (position === undefined) this.on.onTurn();
    this.on.onChange();
  };

  #become(moving: Observed['moving']): void {
    this.#moving = moving;
    this.on.onChange();
  }
}
