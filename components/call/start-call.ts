// Starts calls, and loads their code when a call is likely. The code knows what starts it only by what it is given.
import {
  type AudioOutput,
  type CallAudio,
  closeAudio,
  openMicrophone,
  openOutput,
} from '@/components/audio/call-audio';
import { callStore, type StartCall } from '@/components/call/call-store';
import type { CallSession } from '@/components/call/session/call-session';
import { forgetInterrupted, isInterrupted } from '@/components/call/session/call-snapshot';
import { homeOf, type Order } from '@/components/call/session/order';
import type { Admission } from '@/components/call/session/requests';
import { currentSettings } from '@/components/settings/settings-store';
import { canCall, type HeldLock, isLockHeld, requestLock } from '@/components/ui/browser';

/**
 * Name of the Web Lock that is held during a call: one call per browser, so that two tabs do not talk over each other. A
 * tab can take the lock from another one.
 */
const LOCK_NAME = 'callboard.call';

/** Resolves when the last call of this page has released the lock. */
let lastFreed: Promise<unknown> = Promise.resolve();

/** The code of a call could not be loaded: there is no connection, or another version was deployed meanwhile. */
class CodeNotLoaded extends Error {}

const load = () =>
  import('@/components/call/live-code').catch((error: unknown) => {
    throw new CodeNotLoaded('The code of the call could not be loaded', { cause: error });
  });

/** Loads and runs the code of a call. Rejects with {@link CodeNotLoaded}, or with the error of the code. */
const liveCode = async () => (await load()).liveCode();

/** Loads the code of a call ahead of the click, without running it. */
export function prepareCall(): void {
  load().catch(() => {});
}

/** Whether there is no call on this page. */
const isIdle = () => callStore.get().phase === 'idle';

/** Prepares for a likely call on this LiveKit server. Does not call anybody. */
export function expectCall(serverUrl: string): void {
  liveCode()
    .then(({ prepareConnection }) => prepareConnection(serverUrl, isIdle))
    .catch(() => {});
}

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
  if (!isInterrupted() || !isIdle()) return;
  const { loadInterrupted } = await liveCode();
  const { interruptedCall, InterruptedView: View } = await loadInterrupted();
  const was = interruptedCall();
  if (!was || homeOf(was.order) !== home || !isIdle()) return;
  callStore.set({ phase: 'interrupted', was, View });
}

/** Offers to return to a call that did not survive while the browser kept its page. */
async function offerReturn({ state, order }: CallSession): Promise<void> {
  const isKept = state.get().end?.reason === 'interrupted' && isInterrupted();
  if (!isKept || location.pathname !== homeOf(order)) return;
  callStore.set({ phase: 'idle' });
  await offerToResume(homeOf(order));
}

export const startCall: StartCall = async (order, { take = false, earlier = [], back } = {}) => {
  const before = callStore.get();
  if (before.phase === 'dialling') return;
  if (before.phase === 'live' && !before.session.over) return;
  if (!canCall()) return callStore.set({ phase: 'failed', why: 'unsupported' });
  callStore.set({ phase: 'dialling', before: before.phase === 'live' ? before : undefined });
  let audio: (AudioOutput & Partial<CallAudio>) | undefined;
  let lock: HeldLock | undefined;
  try {
    const output = openOutput();
    audio = output;
    await lastFreed;
    lock = await requestLock(LOCK_NAME, take);
    if (!lock) {
      closeAudio(output);
      callStore.set({ phase: 'elsewhere', order });
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
    void lock.taken.then(() => session.end('other-tab'));
    void session.done.then(() => offerReturn(session));
    // The session opens its connection first: rendering it takes 20 ms.
    await new Promise((resolve) => setTimeout(resolve));
    callStore.set({ phase: 'live', session, View, Badge });
  } catch (error) {
    if (audio) closeAudio(audio);
    if (lock) lastFreed = lock.release();
    const why = error instanceof CodeNotLoaded ? 'not-loaded' : 'page-error';
    if (why === 'page-error') console.error(error);
    callStore.set({ phase: 'failed', why });
  }
};
