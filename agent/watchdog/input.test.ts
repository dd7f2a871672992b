// A microphone that is on and sends nothing.
import { EventEmitter } from 'node:events';
import { TrackSource } from '@livekit/rtc-node';
import { beforeEach, expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { watchInput } from '@/agent/watchdog/input';

type Watch = Parameters<typeof watchInput>[0];

/** A room with a caller's microphone that is on, and their agent's session. */
function talking() {
  const microphone = {
    source: TrackSource.SOURCE_MICROPHONE,
    muted: false,
    sid: 'TR_1',
    track: {} as object | undefined,
    setSubscribed: vi.fn(),
  };
  const people = new Map([['sam', { trackPublications: new Map([['TR_1', microphone]]) }]]);
  const input = { audioEnabled: true };
  const session = Object.assign(new EventEmitter(), { input });
  const room = Object.assign(new EventEmitter(), { remoteParticipants: people });
  const stuck = vi.fn();
  const missed = vi.fn();
  const reopen = vi.fn();
  const onSound = watchInput({
    room: room as unknown as Watch['room'],
    session: session as unknown as Watch['session'],
    caller: () => ({ identity: 'sam' }),
    ...{ reopen, stuck, missed },
  });
  const sound = (ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      vi.advanceTimersByTime(100);
      onSound();
    }
  };
  const speaks = () => room.emit('activeSpeakersChanged', [{ identity: 'sam' }]);
  return { microphone, people, input, session, reopen, stuck, missed, sound, speaks };
}

beforeEach(() => idleMachine());

test('it is read anew, once until there is sound again', () => {
  const { microphone, reopen, stuck, sound } = talking();
  sound(10_000);
  expect(stuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(reopen).toHaveBeenCalledTimes(1);
  expect(stuck.mock.calls).toEqual([[2_500, 'restarted']]);
  sound(1_000);
  vi.advanceTimersByTime(2_500);
  expect(reopen).toHaveBeenCalledTimes(2);
  expect(microphone.setSubscribed).not.toHaveBeenCalled();
});

test('one that was never subscribed to is', () => {
  const { microphone, reopen } = talking();
  microphone.track = undefined;
  vi.advanceTimersByTime(5_000);
  expect(microphone.setSubscribed.mock.calls).toEqual([[true]]);
  expect(reopen).not.toHaveBeenCalled();
});

test('another agent takes over, once, if LiveKit hears the caller', () => {
  const { stuck, sound, speaks } = talking();
  sound(1_000);
  vi.advanceTimersByTime(10_000);
  speaks();
  vi.advanceTimersByTime(10_000);
  expect(stuck.mock.calls.map(([, done]) => done)).toEqual(['restarted', 'replaced']);
});

test('a caller who spoke meanwhile is asked to say it again', () => {
  const { stuck, missed, sound, speaks } = talking();
  sound(1_000);
  speaks();
  sound(1_000);
  vi.advanceTimersByTime(2_500);
  sound(1_000);
  expect(stuck).toHaveBeenCalledTimes(1);
  expect(missed).not.toHaveBeenCalled();
  speaks();
  vi.advanceTimersByTime(2_500);
  expect(missed).not.toHaveBeenCalled();
  sound(1_000);
  expect(missed).toHaveBeenCalledTimes(1);
});

test.each<[string, (call: ReturnType<typeof talking>) => void]>([
  ['the microphone is muted', ({ microphone }) => Object.assign(microphone, { muted: true })],
  ['the caller has left', ({ people }) => people.clear()],
  ['the agent does not listen yet', ({ input }) => Object.assign(input, { audioEnabled: false })],
  ['the session has ended', ({ session }) => session.emit('close')],
])('nothing is stuck when %s', (_, happens) => {
  const call = talking();
  call.sound(1_000);
  happens(call);
  vi.advanceTimersByTime(60_000);
  expect(call.stuck).not.toHaveBeenCalled();
});

test('a microphone that was just switched on has the whole time, and what was said since is missed', () => {
  const { microphone, stuck, missed, sound, speaks } = talking();
  microphone.muted = true;
  vi.advanceTimersByTime(7_400);
  microphone.muted = false;
  speaks();
  vi.advanceTimersByTime(2_400);
  expect(stuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_500);
  expect(stuck).toHaveBeenCalledTimes(1);
  sound(1_000);
  expect(missed).toHaveBeenCalledTimes(1);
});
