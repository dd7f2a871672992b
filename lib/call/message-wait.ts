// What a typed message waits for. Pure.
import type { JoinCode, JoinState } from './join-state';

const UNCONNECTED: readonly JoinCode[] = ['offline', 'reconnecting', 'server-lost'];

/** What has to come before a message can be sent; undefined where it can. */
export function messageWaitsFor({
  code,
  canSend,
}: Pick<JoinState, 'code' | 'canSend'>): 'connection' | 'agent' | undefined {
  if (canSend) return undefined;
  return UNCONNECTED.includes(code) ? 'connection' : 'agent';
}
