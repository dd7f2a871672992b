// What a caller asks for: a call to an agent, or to join somebody's call.
import type { ListedAgent } from '@/lib/agents/agent';

/** Calls an agent. */
export interface CallOrder {
  readonly kind: 'call';
  readonly agent: Pick<ListedAgent, 'name' | 'person' | 'role'> & {
    /** Metadata of the dispatch. */
    readonly metadata?: string;
  };
  /** Name of the deployment. */
  readonly deployment: string;
  readonly joinTimeoutMs: number;
}

/** Joins a call. */
export interface JoinOrder {
  readonly kind: 'join';
  /** Id of the invitation. */
  readonly invitation: string;
  /** Display name of the person who joins. */
  readonly name: string;
  readonly joinTimeoutMs: number;
}

export type Order = CallOrder | JoinOrder;

/** The page of the call. */
export const homeOf = (order: Order) => (order.kind === 'call' ? '/' : `/join/${order.invitation}`);
