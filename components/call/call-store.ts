// The call of this page, if any. Outside of React, so that it continues while other pages of the app are open, and so
// that mounting and unmounting neither start nor end it. The code of the call itself is loaded when it is likely to
// be needed.
import { currentSettings } from '@/components/settings/settings-store';
import { canCall, type HeldLock, isLockHeld, requestLock, tabStore } from '@/components/ui/browser';
import { createStore, useStore } from '@/components/ui/store';
import type { Line } from '@/lib/call/line';
import {
  type AudioOutput,
  type CallAudio,
  closeAudio,
  openMicrophone,
  openOutput,
} from './call-audio';
import type { Interrupted } from './call-snapshot';
import { homeOf, type Order } from './order';
import type { Admission } from './requests';

/** Key in session storage of the call that was interrupted in this tab. */
export const INTERRUPTED_KEY = 'callboard.interrupted';

/** Whether a call was interrupted in this tab. */
const isInterrupted = () => tabStore.read(INTERRUPTED_KEY) !== null;

/** Forgets the interrupted call, once it was resumed or dismissed. */
export const forgetInterrupted = () => tabStore.remove(INTERRUPTED_KEY);

/**
 * Name of the Web Lock that is held during a call: one call per browser, so that two tabs do not talk over each other. A
 * tab can take the lock from another one.
 */
const LOCK_NAME = 'callboard.call';

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
  /** The code of the call could not be loaded, or failed; or this browser cannot make calls. */
  | { readonly phase: 'failed'; readonly why: 'not-loaded' | 'page-error' | 'unsupported' }
  | LiveCall;

const IDLE: CallState = { phase: 'idle' };
const store = createStore<CallState>(IDLE);
/** Resolves when the last call of this page has released the lock. */
let lastFreed: Promise<unknown> = Promise.resolve();

/** The current call. */
export const useCall = () => useStore(store, IDLE);

/** The code of a call could not be loaded: there is no connection, or another version was deployed meanwhile. */
export class CodeNotLoaded extends Error {}

/** Loads the code of a call. Rejects with {@link CodeNotLoaded}, or with the error of the code. Set by `call-code.ts`, because that code imports this store. */
let liveCode: () => Promise<Live> = () => Promise.reject(new Error('setCallCode was not called'));

/** Sets the function that loads the code of a call. */
export function setCallCode(load: typeof liveCode): void {
  liveCode = load;
}

/** Whether there is no call on this page. */
export const isIdle = () => store.get().phase === 'idle';

/** A token that is requested while the button is pressed. */
interface Pressed {
  /** The order as JSON. */
  readonly order: string;
  /** Time of the press, in milliseconds of `performance.now()`. */
  readonly at: number;
  /** Undefined if another tab has a call. */
  readonly admission: Promise<Admission | undefined>;
}
let pressed: Pressed | undefined;
/** Milliseconds for which the token is used: LiveKit closes its room after 20 s. */
const PRESSED_MS = 5_000;

/**
 * The button of a call is pressed, and may be clicked next: requests the token, so that the agent is on its way. If it is
 * not clicked, the token expires, and no call is shown anywhere.
 */
export function pressCall(order: Order): void {
  if (!isIdle() || !canCall()) return;
  const request = async () => {
    const [{ requestToken }, isElsewhere] = await Promise.all([liveCode(), isLockHeld(LOCK_NAME)]);
    return isElsewhere ? undefined : requestToken(order);
  };
  const admission = request();
  // The click shows errors.
  admission.catch(() => {});
  pressed = { order: JSON.stringify(order), at: performance.now(), admission };
}

/** The token that was requested for this order while the button was pressed; for one call. */
async function takePressed(order: Order): Promise<Admission | undefined> {
  const before = pressed;
  pressed = undefined;
  if (before?.order !== JSON.stringify(order)) return undefined;
  return performance.now() - before.at < PRESSED_MS ? before.admission : undefined;
}

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
  if (!canCall()) return store.set({ phase: 'failed', why: 'unsupported' });
  store.set({ phase: 'dialling', before: before.phase === 'live' ? before : undefined });
  let audio: (AudioOutput & Partial<CallAudio>) | undefined;
  let lock: HeldLock | undefined;
  try {
    const output = openOutput();
    audio = output;
    await lastFreed;
    lock = await requestLock(LOCK_NAME, take);
    if (!lock) {
      closeAudio(output);
      store.set({ phase: 'elsewhere', order });
      return;
    }
    // The server answers while everything else is prepared.
    const loading = liveCode().then((live) => ({
      ...live,
      admission: back
        ? Promise.resolve(back)
        : takePressed(order).then((admission) => admission ?? live.requestToken(order)),
    }));
    const opened = { ...output, microphone: openMicrophone(currentSettings()) };
    audio = opened;
    const { CallSession, CallView: View, CallBadge: Badge, admission } = await loading;
    const session = new CallSession(order, opened, earlier, admission, back);
    forgetInterrupted();
    lastFreed = session.done.then(lock.release);
    void lock.taken.then(() => session.end('elsewhere'));
    // The session opens its connection first: rendering it takes 20 ms.
    await new Promise((resolve) => setTimeout(resolve));
    store.set({ phase: 'live', order, session, View, Badge });
  } catch (error) {
    if (audio) closeAudio(audio);
    if (lock) lastFreed = lock.release();
    const why = error instanceof CodeNotLoaded ? 'not-loaded' : 'page-error';
    if (why === 'page-error') console.error(error);
    store.set({ phase: 'failed', why });
  }
}
