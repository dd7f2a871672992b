// What a typed message is waiting for. Pure.
import type { JoinCode, JoinState } from './join-state';

const UNCONNECTED: readonly JoinCode[] = ['offline', 'reconnecting', 'server-lost'];

/** What must happen before a message can be sent; undefined if it can be sent. */
export function messageWaitsFor({
  code,
  canSend,
}: Pick<JoinState, 'code' | 'canSend'>): 'connection' | 'agent' | undefined {
  if (canSend) return undefined;
  return UNCONNECTED.includes(code) ? 'connection' : 'agent';
}
