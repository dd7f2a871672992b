// The call of this page, if any. Outside of React, so that it continues while other pages of the app are open, and so
// that mounting and unmounting neither start nor end it. It is started by `start-call.ts`, which loads its code.
import type { ComponentType } from 'react';
import type { CallSession } from '@/components/call/session/call-session';
import { type CallSnapshot, forgetInterrupted } from '@/components/call/session/call-snapshot';
import type { Interrupted } from '@/components/call/session/interrupted';
import type { Order } from '@/components/call/session/order';
import { createStore, type Store, useStore } from '@/components/ui/store';
import type { Line } from '@/lib/call/line';

interface StartOptions {
  /** Whether to end a call in another tab. */
  readonly take?: boolean;
  /** Transcript of the call that this one continues. */
  readonly earlier?: readonly Line[];
  /** The interrupted call to return to. */
  readonly back?: Interrupted;
}

/** Starts or joins a call. Must be called in a click. Does nothing if a call is already being started. */
export type StartCall = (order: Order, options?: StartOptions) => Promise<void>;

export interface CallViewProps {
  readonly session: CallSession;
  readonly onStart: StartCall;
}

/** What the parts of a call show. */
export interface CallProps {
  readonly session: CallSession;
  readonly call: CallSnapshot;
}

export interface CallBadgeProps {
  readonly session: CallSession;
  /** Path of the page with the call, if another page is open. */
  readonly awayFrom: string | undefined;
}

export interface InterruptedViewProps {
  readonly was: Interrupted;
  readonly onStart: StartCall;
}

/** A call, also one that is over and still shown, and how it is shown. */
interface LiveCall {
  readonly phase: 'live';
  readonly session: CallSession;
  readonly View: ComponentType<CallViewProps>;
  readonly Badge: ComponentType<CallBadgeProps>;
}

export type CallState =
  | { readonly phase: 'idle' }
  /** The button was clicked; `before` is the finished call that is still shown. */
  | { readonly phase: 'dialling'; readonly before: LiveCall | undefined }
  /** A call is open in another tab. */
  | { readonly phase: 'elsewhere'; readonly order: Order }
  /** A call was interrupted by a reload of the page. */
  | {
      readonly phase: 'interrupted';
      readonly was: Interrupted;
      readonly View: ComponentType<InterruptedViewProps>;
    }
  /** The code of the call could not be loaded, or failed; or this browser cannot make calls. */
  | { readonly phase: 'failed'; readonly why: 'not-loaded' | 'page-error' | 'unsupported' }
  | LiveCall;

const IDLE: CallState = { phase: 'idle' };
/** Set by `start-call.ts` and {@link leaveCall} only. */
export const callStore = createStore<CallState>(IDLE);

/** The current call. */
export const useCall = () => useStore(callStore, IDLE);

/** The call to show: the current one, or the finished one while the next is being started. */
export const shownCall = (call: CallState): LiveCall | undefined =>
  call.phase === 'dialling' ? call.before : call.phase === 'live' ? call : undefined;

type Ending = { readonly end: unknown };
const OVER: Ending = { end: 'no call' };
const NONE: Store<Ending> = { get: () => OVER, set() {}, subscribe: () => () => {} };

/** The call in progress; undefined once it is over, though its summary may still be shown. */
export function useOpenCall(): LiveCall | undefined {
  const call = useCall();
  const live = call.phase === 'live' ? call : undefined;
  const { end } = useStore<Ending>(live?.session.state ?? NONE);
  return end === undefined ? live : undefined;
}

/** Returns to the start page. */
export function leaveCall(): void {
  forgetInterrupted();
  const state = callStore.get();
  if (state.phase === 'live') state.session.end('left');
  callStore.set(IDLE);
}
