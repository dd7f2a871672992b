// Browsers as they are documented, Safari and iOS above all: in each row something is missing, refused, or behaves as it does
// there, and the caller sees what is said of it. What only a device can show is in docs/browsers.md.
import { RoomEvent, TrackEvent } from 'livekit-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { callStore, leaveCall } from '@/components/call/call-store';
import type { CallSession } from '@/components/call/session/call-session';
import { CallerTrack } from '@/components/call/session/microphone';
import { changeSettings } from '@/components/settings/settings-store';
import { AGENTS, serve, showCallPage } from '@/components/testing/call-page';
import { tabStore } from '@/components/ui/browser';
import { DEFAULT_SETTINGS } from '@/lib/call/settings';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/',
}));

// Next's bundles have `require`.
vi.mock(import('@/components/call/live-code'), async () => {
  const { code } = await import('@/components/call/live');
  return { liveCode: () => code };
});

/** What is put back after each test. */
const originals: (() => void)[] = [];

/** Gives an object another property until the end of the test; what a browser lacks is undefined. */
function replace(object: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
  originals.push(() => {
    Reflect.deleteProperty(object, name);
    if (own) Object.defineProperty(object, name, own);
  });
}

const denied = () => new DOMException('The request is not allowed.', 'NotAllowedError');
const speaker = () => document.querySelector('body > audio') as HTMLAudioElement;
const button = (name: string) => page.getByRole('button', { name });
const shows = (text: string) => expect.element(page.getByText(text)).toBeVisible();
const showsNot = (text: string) => expect.element(page.getByText(text)).not.toBeInTheDocument();

/** A call that waits for its token, which no server gives. */
async function call(): Promise<CallSession> {
  serve(
    () => AGENTS,
    () => new Promise(() => {}),
  );
  await showCallPage();
  await button('Start call').click();
  await expect.element(button('End call')).toBeVisible();
  const state = callStore.get();
  if (state.phase !== 'live') throw new Error('there is no call');
  return state.session;
}

/** Somebody's voice in a call. Returns the function that ends it. */
function joins({ room }: CallSession, identity: string): () => void {
  const context = new AudioContext();
  const [mediaStreamTrack] = context.createMediaStreamDestination().stream.getTracks();
  const track = { kind: 'audio', mediaStreamTrack };
  const event = [track, {}, { identity, attributes: {} }] as never;
  room.emit(RoomEvent.TrackSubscribed, ...(event as [never, never, never]));
  originals.push(() => void context.close());
  return () => room.emit(RoomEvent.TrackUnsubscribed, ...(event as [never, never, never]));
}

/** The page goes to the background, or comes back. */
function turn(hidden: boolean): void {
  replace(document, 'hidden', hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  leaveCall();
  changeSettings(DEFAULT_SETTINGS);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const restore of originals.splice(0).reverse()) restore();
});

/** A recorder of browsers that record these types. */
const recorderOf = (...types: string[]) =>
  class {
    static readonly isTypeSupported = (type: string) => types.includes(type);
    readonly state = 'recording';
    readonly start = () => {};
    readonly stop = () => {};
  };

it.each([
  ['WebM (Safari since 18.4)', recorderOf('audio/webm;codecs=opus'), true],
  ['AAC in MP4 alone (Safari before 18.4)', recorderOf('audio/mp4', 'video/mp4'), false],
  ['nobody knows what (Safari 14)', class {}, false],
  ['nothing: there is no recorder', undefined, false],
])('the agent waits for pre-connect audio only if it is recorded: %s', (_, recorder, announced) => {
  vi.stubGlobal('MediaRecorder', recorder);
  const context = new AudioContext();
  originals.push(() => void context.close());
  const [device] = context.createMediaStreamDestination().stream.getAudioTracks();
  const track = new CallerTrack(device as MediaStreamTrack, {}, true);
  track.recordPreConnect();
  // LiveKit's client announces it to agents with the track.
  expect(track.hasPreConnectBuffer).toBe(announced);
  track.discardPreConnect();
});

it('says before the call that there is no WebRTC', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  const requests = serve();
  await showCallPage();
  await shows('This browser cannot make calls');
  await button('Start call').click();
  await shows('Lockdown Mode');
  expect(requests.filter(({ path }) => path === '/api/token')).toEqual([]);
});

it.each<[string, () => void, string]>([
  [
    'an app without microphone',
    () => replace(window.navigator, 'mediaDevices', undefined),
    'This browser offers no microphone',
  ],
  ['no https', () => vi.stubGlobal('isSecureContext', false), 'This page may not use a microphone'],
  [
    'a caller who refuses',
    () => vi.spyOn(window.navigator.mediaDevices, 'getUserMedia').mockRejectedValue(denied()),
    'The microphone is blocked',
  ],
])('a call without a microphone is one by text: %s', async (_, emulate, notice) => {
  emulate();
  await call();
  await shows(notice);
  await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
});

it('says that the device has paused the microphone, and asks for it again', async () => {
  const session = await call();
  const { localParticipant } = session.room;
  replace(session.room, 'state', 'connected');
  const publish = vi.spyOn(localParticipant, 'publishTrack');
  publish.mockResolvedValue({ trackSid: 'TR_1' } as never);
  replace(localParticipant, 'unpublishTrack', async () => undefined);
  await expect.poll(() => session.microphone.state.get().status).toBe('on');
  await session.microphone.publish();
  const [track] = publish.mock.calls[0] ?? [];
  if (!(track instanceof CallerTrack)) throw new Error('nothing is published');
  replace(track, 'isUpstreamPaused', true);
  track.emit(TrackEvent.UpstreamPaused, track);
  await shows('Your device has paused the microphone');
  await button('Try microphone again').click();
  await showsNot('Your device has paused the microphone');
});

it('keeps the screen on during a call, and asks again when the page comes back', async () => {
  const release = vi.fn(async () => {});
  const request = vi.fn(async () => ({ release }));
  replace(window.navigator, 'wakeLock', { request });
  await call();
  expect(request).toHaveBeenCalledOnce();
  turn(true);
  turn(false);
  expect(request).toHaveBeenCalledTimes(2);
  await button('End call').click();
  await expect.poll(() => release.mock.calls.length).toBe(1);
  turn(false);
  expect(request).toHaveBeenCalledTimes(2);
});

it.each<[string, unknown]>([
  ['missing', undefined],
  ['refused', { request: () => Promise.reject(denied()) }],
])('a call without a lock for the screen: %s', async (_, wakeLock) => {
  replace(window.navigator, 'wakeLock', wakeLock);
  const session = await call();
  await expect.poll(() => session.microphone.state.get().status).toBe('on');
  await button('End call').click();
  await shows('You ended the call');
  expect(console.error).not.toHaveBeenCalled();
});

it.each(['open', 'text'] as const)('one element plays every voice (talk: %s)', async (talk) => {
  changeSettings({ talk });
  const ask = vi.spyOn(window.navigator.mediaDevices, 'getUserMedia');
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play');
  const session = await call();
  // In the tap, before there is a voice.
  expect(play.mock.contexts).toEqual([speaker()]);
  expect(ask).toHaveBeenCalledTimes(talk === 'text' ? 0 : 1);
  const leaves = joins(session, 'ada');
  joins(session, 'colleague');
  const voices = () => (speaker().srcObject as MediaStream).getAudioTracks().length;
  expect([voices(), document.querySelectorAll('audio').length]).toEqual([2, 1]);
  leaves();
  joins(session, 'frank');
  await expect.poll(() => [voices(), speaker().paused]).toEqual([2, false]);
  await showsNot('Your browser blocked the sound');
});

const BLOCKED = 'Your browser blocked the sound';

it.each<[string, (session: CallSession) => void]>([
  [
    'play() is rejected',
    (session) => {
      vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(denied());
      joins(session, 'ada');
    },
  ],
  [
    'iOS pauses the element, and play() waits for the end of a phone call',
    (session) => {
      joins(session, 'ada');
      vi.spyOn(HTMLMediaElement.prototype, 'play').mockReturnValue(new Promise(() => {}));
      speaker().pause();
    },
  ],
  [
    'iOS pauses the element again and again',
    (session) => {
      joins(session, 'ada');
      speaker().addEventListener('playing', () => speaker().pause(), { once: true });
      speaker().pause();
    },
  ],
])('says that nothing is heard, with a button: %s', async (_, happens) => {
  const session = await call();
  happens(session);
  await shows(BLOCKED);
  vi.mocked(HTMLMediaElement.prototype.play).mockRestore?.();
  await button('Turn on sound').click();
  await showsNot(BLOCKED);
  expect(speaker().paused).toBe(false);
});

it.each<[string, () => void]>([
  ['headphones that are taken off', () => speaker().pause()],
  [
    'a page in the background',
    () => {
      turn(true);
      speaker().pause();
      turn(false);
    },
  ],
])('voices that iOS has paused are played again: %s', async (_, happens) => {
  const session = await call();
  joins(session, 'ada');
  await expect.poll(() => speaker().readyState).toBeGreaterThan(0);
  const again = new Promise((resolve) => speaker().addEventListener('playing', resolve));
  happens();
  await again;
  expect(speaker().paused).toBe(false);
  await showsNot(BLOCKED);
});

it.each<[string, (context: EventTarget) => void]>([
  ['Siri is done', (context) => context.dispatchEvent(new Event('statechange'))],
  [
    'the page comes back from a phone call',
    () => {
      turn(true);
      turn(false);
    },
  ],
])('an audio context that iOS interrupted goes on: %s', async (_, ends) => {
  const contexts: AudioContext[] = [];
  vi.stubGlobal(
    'AudioContext',
    class extends AudioContext {
      constructor() {
        super();
        contexts.push(this);
      }
    },
  );
  await call();
  const [context] = contexts;
  if (!context) throw new Error('there is no audio context');
  replace(context, 'state', 'interrupted');
  const resume = vi.spyOn(context, 'resume');
  ends(context);
  expect(resume).toHaveBeenCalledOnce();
});

/** The browser keeps the page while another one is open, and shows it again. */
function goAwayAndBack(): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
}

it('a page from the back/forward cache says that its call was interrupted, and offers to return', async () => {
  const { pathname } = location;
  history.replaceState(null, '', '/');
  originals.push(() => history.replaceState(null, '', pathname));
  const session = await call();
  const { state } = session;
  state.set({ ...state.get(), room: 'room', connectedAt: Date.now(), startedAt: Date.now() });
  goAwayAndBack();
  await shows('Your call was interrupted');
  await expect.element(button('Return to the call')).toBeVisible();
  expect(session.over).toBe(true);
});

it('a page from the back/forward cache without a connection only says so', async () => {
  await call();
  goAwayAndBack();
  await shows('Your call was interrupted');
  await expect.element(button('Call Ada again')).toBeVisible();
  expect(tabStore.read('callboard.interrupted')).toBeNull();
});

it('the page of a call is as high as the keyboard of iOS leaves it', async () => {
  const viewport = Object.assign(new EventTarget(), { height: 800, scale: 1, offsetTop: 0 });
  replace(window, 'visualViewport', viewport);
  await call();
  const height = () => document.documentElement.style.getPropertyValue('--visible-height');
  expect(height()).toBe('800px');
  const scroll = vi.spyOn(window, 'scrollTo').mockImplementation(() => {});
  await userEvent.click(page.getByRole('textbox', { name: 'Message' }));
  Object.assign(viewport, { height: 420, offsetTop: 200 }).dispatchEvent(new Event('resize'));
  expect([height(), scroll.mock.calls]).toEqual(['420px', [[0, 0]]]);
  leaveCall();
  await expect.poll(height).toBe('');
});
