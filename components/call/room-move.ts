// Lets an agent move this page's person into another room: the order is taken only from whoever
// LiveKit says is an agent, and answered before the page goes.
import { type Room, RpcError } from 'livekit-client';
import { MOVE_METHOD, moveOrder } from '@/lib/livekit/attributes';

/** Milliseconds for the answer to leave before the room is left: LiveKit does not say when it has. */
const ANSWER_MS = 150;
/** Code of the error for an order that is refused: the first that LiveKit leaves to applications. */
const REFUSED = 1;

function readOrder(payload: string) {
  try {
    return moveOrder.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

/** Calls `onMove` with the other room's token for each order. */
export function followMoves(room: Room, onMove: (token: string) => void): void {
  room.registerRpcMethod(MOVE_METHOD, async ({ callerIdentity, payload }) => {
    if (!room.remoteParticipants.get(callerIdentity)?.isAgent) {
      throw new RpcError(REFUSED, 'Only an agent may move the caller');
    }
    const order = readOrder(payload);
    if (!order) throw new RpcError(REFUSED, 'This is no order to move');
    setTimeout(() => onMove(order.token), ANSWER_MS);
    return 'moving';
  });
}
