// Loses the agent of a room, with LiveKit's own client objects and events in the observed order.
import {
  ConnectionState,
  DisconnectReason,
  type Participant,
  ParticipantKind,
  RemoteParticipant,
  Room,
  RoomEvent,
  type TrackPublication,
} from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setAgentList } from '@/components/agents/agent-list';
import { Observer } from '@/components/call/session/observer';
import { UNHEARD_MS } from '@/lib/call/unanswered';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  FAILOVER_TOPIC,
  type FailoverSignal,
  HEARTBEAT_TIMEOUT_MS,
  HEARTBEAT_TOPIC,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';
import { testAgents } from '@/lib/testing/agents';

const ADA = 'front-desk';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  setAgentList(testAgents());
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A call to Ada in a connected room. */
function call() {
  const room = new Room();
  room.state = ConnectionState.Connected;
  const agent = testAgents().find(({ name }) => name === ADA);
  if (!agent) throw new Error(`There is no ${ADA}`);
  const order = { kind: 'call', agent, deployment: 'production', joinTimeoutMs: 15_000 } as const;
  const observer = new Observer(room, order, { moving: 'no', position: undefined });
  observer.clock.changed();
  /** The attributes of each agent: LiveKit hands out copies. */
  const said = new Map<RemoteParticipant, Record<string, string>>();
  const code = () => observer.observe().join.code;
  const data = (topic: string, what: unknown, from?: RemoteParticipant, sender?: string) => {
    const payload = new TextEncoder().encode(JSON.stringify(what));
    room.emit(RoomEvent.DataReceived, payload, from, undefined, topic, undefined, sender);
  };
  return {
    room,
    observer,
    code,
    data,
    /** Sends a signal of the web process. */
    signal: (kind: FailoverSignal['kind'], agent = ADA) =>
      data(FAILOVER_TOPIC, { kind, agent }, undefined, ''),
    join(identity: string, state?: string, name: string = AGENT_ATTRIBUTES.agent) {
      const attributes = {
        [name]: ADA,
        [AGENT_ATTRIBUTES.deployment]: 'production',
        ...(state && { [AGENT_STATE_ATTRIBUTE]: state }),
      };
      const { client } = room.engine ?? {};
      if (!client) throw new Error('The room has no engine');
      const kind = ParticipantKind.AGENT;
      const one = new RemoteParticipant(
        client,
        identity,
        identity,
        'Ada',
        '',
        attributes,
        undefined,
        kind,
      );
      said.set(one, attributes);
      room.remoteParticipants.set(identity, one);
      room.emit(RoomEvent.ParticipantConnected, one);
      return one;
    },
    set(one: RemoteParticipant, name: string, value: string) {
      Object.assign(said.get(one) ?? {}, { [name]: value });
      room.emit(RoomEvent.ParticipantAttributesChanged, { [name]: value }, one);
    },
    heartbeat: (one: RemoteParticipant) => data(HEARTBEAT_TOPIC, '', one, one.identity),
    leave(one: RemoteParticipant, reason: DisconnectReason) {
      room.remoteParticipants.delete(one.identity);
      room.emit(RoomEvent.ParticipantDisconnected, one, reason);
    },
    /** Lets time pass, with observations at the usual interval. */
    pass(ms: number) {
      for (let left = ms; left > 0; left -= 250) {
        vi.advanceTimersByTime(Math.min(left, 250));
        observer.observe();
      }
    },
  };
}

test('an agent that only LiveKit names is replaced too', () => {
  const { join, signal, code } = call();
  join('agent-1', 'speaking', 'lk.agent_name');
  expect(code()).toBe('speaking');
  signal('replacing');
  expect(code()).toBe('replacing');
});

test('a killed agent is no longer active, and its replacement is once it can be heard', () => {
  const { join, signal, set, code, heartbeat, pass, leave, observer } = call();
  const killed = join('ada-1', 'speaking');
  expect(code()).toBe('speaking');
  signal('replacing');
  expect(code()).toBe('replacing');
  expect(observer.observe().participants).toEqual({
    stage: [{ kind: 'agent', name: 'Ada', role: 'front desk' }],
    others: [],
  });
  // A heartbeat it sent before it died.
  heartbeat(killed);
  expect(code()).toBe('replacing');
  const next = join('ada-2');
  expect(code()).toBe('replacing');
  set(next, AGENT_STATE_ATTRIBUTE, 'speaking');
  expect(observer.observe()).toMatchObject({ join: { code: 'speaking' }, onStage: ['ada-2'] });
  leave(killed, DisconnectReason.PARTICIPANT_REMOVED);
  expect(code()).toBe('speaking');
  // The signal was about the first agent; this one has none.
  pass(HEARTBEAT_TIMEOUT_MS);
  expect(code()).toBe('agent-quiet');
});

test('signals from participants are ignored', () => {
  const { join, data, code } = call();
  const ada = join('ada-1', 'listening');
  const lie = { kind: 'replacing', agent: ADA };
  data(FAILOVER_TOPIC, lie, ada, 'ada-1');
  data(FAILOVER_TOPIC, lie, undefined, 'somebody-not-shown-yet');
  data(FAILOVER_TOPIC, { kind: 'replacing' }, undefined, '');
  data('other', lie, undefined, '');
  expect(code()).toBe('joined');
});

test('an agent of another worker that leaves to another agent is not lost', () => {
  const { join, set, leave, observer } = call();
  const nora = join('nora-1', 'speaking', 'lk.agent_name');
  set(join('ada-1', 'initializing'), AGENT_ATTRIBUTES.waiting, 'yes');
  leave(nora, DisconnectReason.CLIENT_INITIATED);
  expect(observer.observe()).toMatchObject({ lost: new Set(), onStage: ['ada-1'] });
});

test('an agent of another worker that leaves by itself is not lost; one that LiveKit times out is', () => {
  const { join, leave, code, observer } = call();
  leave(join('nora-1', 'speaking', 'lk.agent_name'), DisconnectReason.CLIENT_INITIATED);
  expect(observer.observe().lost).toEqual(new Set());
  expect(code()).toBe('agent-left');
  leave(join('nora-2', 'speaking', 'lk.agent_name'), DisconnectReason.CONNECTION_TIMEOUT);
  expect(observer.observe().lost).toEqual(new Set(['nora-2']));
  expect(code()).toBe('agent-lost');
  // One of ours would have said why.
  leave(join('ada-1', 'speaking'), DisconnectReason.CLIENT_INITIATED);
  expect(code()).toBe('agent-lost');
});

test('a duplicate agent is removed before the signal arrives', () => {
  const { join, signal, code, leave, observer } = call();
  leave(join('ada-1', 'listening'), DisconnectReason.PARTICIPANT_REMOVED);
  expect(observer.observe()).toMatchObject({ unsettled: true, join: { code: 'agent-removed' } });
  vi.advanceTimersByTime(500);
  expect(observer.observe()).toMatchObject({ unsettled: false, join: { code: 'agent-removed' } });
  expect(observer.observe().lost.has('ada-1')).toBe(false);
  signal('replacing');
  expect(code()).toBe('replacing');
  expect(observer.observe().lost.has('ada-1')).toBe(true);
  signal('gave-up');
  expect(code()).toBe('gave-up');
});

test('an agent that said goodbye and is removed then has left, not been removed', () => {
  const { join, set, code, leave } = call();
  const ada = join('ada-1', 'speaking');
  set(ada, AGENT_ATTRIBUTES.leaving, 'goodbye');
  leave(ada, DisconnectReason.PARTICIPANT_REMOVED);
  expect(code()).toBe('leaving');
});

test('the worker process dies and no replacement is announced', () => {
  const { join, set, code, heartbeat, leave, observer } = call();
  const ada = join('ada-1', 'speaking');
  set(ada, AGENT_ATTRIBUTES.leaving, 'orphaned');
  expect(code()).toBe('agent-lost');
  heartbeat(ada);
  expect(code()).toBe('agent-lost');
  leave(ada, DisconnectReason.CLIENT_INITIATED);
  expect(code()).toBe('agent-lost');
  expect(observer.observe().lost.has('ada-1')).toBe(true);
  expect(observer.agents.leaving).toBe('orphaned');
});

test('the web process dies too: its signal expires', () => {
  const { join, signal, code, pass } = call();
  join('ada-1', 'speaking');
  signal('replacing');
  pass(19_900);
  expect(code()).toBe('replacing');
  pass(200);
  expect(code()).toBe('agent-lost');
});

test('an agent that was reported lost is back', () => {
  const { join, signal, code, heartbeat, pass } = call();
  const ada = join('ada-1', 'listening');
  signal('replacing');
  pass(HEARTBEAT_TIMEOUT_MS);
  expect(code()).toBe('replacing');
  heartbeat(ada);
  expect(code()).toBe('listening');
});

test('an agent is called back after failover gave up, which then gives up again', () => {
  const { join, signal, code, leave, observer } = call();
  leave(join('ada-1', 'listening'), DisconnectReason.STATE_MISMATCH);
  signal('gave-up');
  expect(code()).toBe('gave-up');
  observer.wasCalledBack();
  expect(code()).toBe('waiting');
  signal('gave-up');
  expect(code()).toBe('gave-up');
});

test('a cancelled replacement joins anyway, and is removed before the next one joins', () => {
  const { join, signal, code, leave, pass } = call();
  signal('replacing');
  const late = join('ada-1', 'listening');
  expect(code()).toBe('joined');
  signal('replacing');
  leave(late, DisconnectReason.PARTICIPANT_REMOVED);
  expect(code()).toBe('replacing');
  const other = join('ada-2', 'listening');
  expect(code()).toBe('joined');
  pass(20_000);
  leave(other, DisconnectReason.PARTICIPANT_REMOVED);
  expect(code()).toBe('agent-removed');
});

test('an agent that never joined is waited for until failover gives up', () => {
  const { signal, code } = call();
  signal('replacing');
  expect(code()).toBe('waiting');
  signal('gave-up');
  expect(code()).toBe('nobody-came');
});

test('a signal about another agent changes nothing', () => {
  const { join, signal, code } = call();
  join('ada-1', 'listening');
  signal('replacing', 'billing');
  expect(code()).toBe('joined');
});

test('monitoring is read from the attributes of the page’s own participant', () => {
  const { observer, room } = call();
  const attributes = vi.spyOn(room.localParticipant, 'attributes', 'get');
  expect(observer.observe().monitored).toBe(false);
  attributes.mockReturnValue({ [PERSON_ATTRIBUTES.monitored]: 'yes' });
  expect(observer.observe().monitored).toBe(true);
  attributes.mockReturnValue({});
  expect(observer.observe().monitored).toBe(false);
});

test('recordings by LiveKit Egress and by an agent are both shown', () => {
  const { observer, room, join, set } = call();
  const recording = vi.spyOn(room, 'isRecording', 'get').mockReturnValue(false);
  const ada = join('ada-1', 'listening');
  expect(observer.observe().recorded).toBe(false);
  recording.mockReturnValue(true);
  expect(observer.observe().recorded).toBe(true);
  recording.mockReturnValue(false);
  set(ada, AGENT_ATTRIBUTES.recording, 'yes');
  expect(observer.observe().recorded).toBe(true);
});

test('the video of an agent is shown unless it is muted, and that of a person is not', () => {
  const { observer, room, join } = call();
  const pictured = () => observer.observe().pictured;
  const shows = ({ videoTrackPublications }: Participant, isMuted: boolean) =>
    videoTrackPublications.set('v', { isMuted } as TrackPublication);
  const ada = join('ada-1', 'listening');
  expect(pictured()).toBe(false);
  shows(ada, false);
  expect(pictured()).toBe(true);
  shows(ada, true);
  expect(pictured()).toBe(false);
  shows(room.localParticipant, false);
  expect(pictured()).toBe(false);
});

test('a queue position from the web process is shown until the agent joins', () => {
  const { data, observer, join, code } = call();
  expect(code()).toBe('waiting');
  // From a web process of before 0.2, and from this one.
  data('callboard.watch', { kind: 'in-line', agent: ADA, place: 4 }, undefined, '');
  expect(observer.observe()).toMatchObject({ join: { code: 'queued' }, position: 4 });
  data(FAILOVER_TOPIC, { kind: 'queued', agent: ADA, position: 3 }, undefined, '');
  expect(observer.observe()).toMatchObject({ join: { code: 'queued' }, position: 3 });
  join('ada', 'listening');
  expect(observer.observe()).toMatchObject({ join: { code: 'joined' }, position: undefined });
});

test('an agent of another worker that neither speaks nor changes its state after the caller spoke', () => {
  const { join, set, code, pass, observer, room } = call();
  const speaks = vi.spyOn(room.localParticipant, 'isSpeaking', 'get').mockReturnValue(false);
  const nora = join('nora-1', 'listening', 'lk.agent_name');
  const says = (ms: number) => {
    speaks.mockReturnValue(true);
    pass(ms);
    speaks.mockReturnValue(false);
  };
  pass(60_000);
  says(500);
  pass(60_000);
  expect(code()).toBe('listening');
  says(1_500);
  pass(UNHEARD_MS - 250);
  expect(code()).toBe('listening');
  pass(500);
  expect(observer.observe()).toMatchObject({
    join: { code: 'unanswered' },
    silent: { identity: 'nora-1', ms: UNHEARD_MS + 250 },
  });
  observer.keepWaiting();
  expect(code()).toBe('listening');
  pass(UNHEARD_MS);
  expect(code()).toBe('unanswered');
  set(nora, AGENT_STATE_ATTRIBUTE, 'thinking');
  expect(code()).toBe('thinking');
  pass(UNHEARD_MS);
  expect(code()).toBe('thinking');
  set(nora, AGENT_STATE_ATTRIBUTE, 'listening');
  pass(UNHEARD_MS + 250);
  expect(code()).toBe('unanswered');
  // Somebody else may answer.
  join('ada-2', 'listening');
  expect(code()).toBe('joined');
});

test.each([
  ['with a watchdog: it says itself when it cannot answer', true, 'listening'],
  ["from LiveKit's docs has none", false, 'unanswered'],
])('an agent of our worker %s', (_, isWatched, expected) => {
  const { join, set, heartbeat, code, observer, room } = call();
  const ada = join('ada-1', 'listening');
  if (isWatched) set(ada, AGENT_ATTRIBUTES.watched, 'yes');
  const speaks = vi.spyOn(room.localParticipant, 'isSpeaking', 'get').mockReturnValue(true);
  for (let ms = 0; ms < 2 * UNHEARD_MS; ms += 250) {
    vi.advanceTimersByTime(250);
    if (ms > 2_000) speaks.mockReturnValue(false);
    heartbeat(ada);
    observer.observe();
  }
  expect(code()).toBe(expected);
});

test.each([
  ['once for ten minutes does not make an agent late', [600_000], 'listening'],
  ['again and again hides no agent that does not answer', Array(12).fill(4_000), 'unanswered'],
])('a page that is suspended %s', (_, suspensions, expected) => {
  const { join, code, pass, observer, room } = call();
  join('nora-1', 'listening', 'lk.agent_name');
  const speaks = vi.spyOn(room.localParticipant, 'isSpeaking', 'get').mockReturnValue(true);
  pass(2_000);
  speaks.mockReturnValue(false);
  pass(250);
  for (const ms of suspensions) {
    vi.advanceTimersByTime(ms);
    observer.observe();
  }
  expect(code()).toBe(expected);
});
