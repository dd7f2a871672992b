// What a call begins with: calling an agent, or joining a call by an invitation.
import type { CatalogueAgent } from '@/lib/core/catalogue';

/** Whom to call. */
export interface CallOrder {
  readonly kind: 'call';
  readonly agent: CatalogueAgent & {
    /** Metadata of the dispatch. */
    readonly metadata?: string;
  };
  /** Shown name of the deployment. */
  readonly deployment: string;
  readonly joinTimeoutMs: number;
}

/** Whose call to join. */
export interface JoinOrder {
  readonly kind: 'join';
  /** Id of the invitation. */
  readonly invitation: string;
  /** What the person who joins is called. */
  readonly name: string;
  readonly joinTimeoutMs: number;
}

export type Order = CallOrder | JoinOrder;

/** The page on which a call stands. */
export const homeOf = (order: Order) => (order.kind === 'call' ? '/' : `/join/${order.invitation}`);
