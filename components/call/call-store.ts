// The call of this page, if any. Outside of React, so that it continues while other pages of the app are open, and so
// that mounting and unmounting neither start nor end it. The code of the call itself is loaded when it is likely to
// be needed.
import { currentSettings } from '@/components/settings/settings-store';
import { createStore, useStore } from '@/components/ui/store';
import type { Line } from '@/lib/call/line';
import { hangUp, openMicrophone, openSound } from './dial';
import type { Interrupted } from './interrupted';
import { forgetInterrupted, isInterrupted } from './interrupted-key';
import { homeOf, type Order } from './order';
import { lockCall } from './tab-lock';

type Live = typeof import('./live');

/** A call, also one that is over and still shown. */
interface LiveCall {
  readonly phase: 'live';
  readonly order: Order;
  readonly session: InstanceType<Live['CallSession']>;
  readonly View: Live['CallView'];
  readonly Badge: Live['CallBadge'];
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
      readonly View: Live['InterruptedView'];
    }
  /** The code of the call could not be loaded. */
  | { readonly phase: 'failed' }
  | LiveCall;

const IDLE: CallState = { phase: 'idle' };
const store = createStore<CallState>(IDLE);
/** Resolves when the last call of this page has released the lock. */
let lastFreed: Promise<unknown> = Promise.resolve();

/** The current call. */
export const useCall = () => useStore(store, IDLE);

/** Loads the code of a call. Set by `call-code.ts`, because that code imports this store. */
let liveCode: () => Promise<Live> = () =>
  Promise.reject(new Error('the code of a call is not known here'));

/** Sets the function that loads the code of a call. */
export function setCallCode(load: typeof liveCode): void {
  liveCode = load;
}

/** Whether there is no call on this page. */
export const isIdle = () => store.get().phase === 'idle';

/**
 * Shows the call that was interrupted in this tab, if it belongs to this page.
 * @param home path of the page
 */
export async function offerToResume(home: string): Promise<void> {
  if (!isInterrupted() || store.get().phase !== 'idle') return;
  const { interruptedCall, InterruptedView: View } = await liveCode();
  const was = interruptedCall();
  if (!was || homeOf(was.order) !== home || store.get().phase !== 'idle') return;
  store.set({ phase: 'interrupted', was, View });
}

/** Returns to the start page. */
export function leaveCall(): void {
  forgetInterrupted();
  const state = store.get();
  if (state.phase === 'live') state.session.end('you');
  store.set(IDLE);
}

/**
 * Starts or joins a call. Must be called in a click. Does nothing if a call is already being started.
 * @param take whether to end a call in another tab
 * @param earlier transcript of the call that this one continues
 * @param back the interrupted call to return to
 */
export async function startCall(
  order: Order,
  take = false,
  earlier: readonly Line[] = [],
  back?: Interrupted,
): Promise<void> {
  const before = store.get();
  if (before.phase === 'dialling') return;
  if (before.phase === 'live' && !before.session.over) return;
  store.set({ phase: 'dialling', before: before.phase === 'live' ? before : undefined });
  const sound = openSound();
  await lastFreed;
  const lock = await lockCall(take);
  if (!lock) {
    hangUp(sound);
    store.set({ phase: 'elsewhere', order });
    return;
  }
  const dial = { ...sound, ...openMicrophone(currentSettings().microphone) };
  try {
    const { CallSession, CallView: View, CallBadge: Badge } = await liveCode();
    const session = new CallSession(order, dial, earlier, back);
    forgetInterrupted();
    lastFreed = session.done.then(lock.release);
    void lock.taken.then(() => session.end('elsewhere'));
    store.set({ phase: 'live', order, session, View, Badge });
  } catch {
    hangUp(dial);
    lastFreed = lock.release();
    store.set({ phase: 'failed' });
  }
}
