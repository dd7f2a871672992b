import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AgentDispatch, ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { jobState, presentDispatch, reportedState } from '@/lib/dispatch/presence';

const NOW = 1_800_000_000_000;
/** LiveKit's time in nanoseconds, this many seconds before now. */
const ago = (seconds: number) => BigInt(NOW - seconds * 1_000) * 1_000_000n;
const [PENDING, RUNNING, SUCCESS, FAILED] = [0, 1, 2, 3];

/** A dispatch `age` seconds old with one job per status. */
const dispatch = (age: number, statuses: readonly (number | undefined)[], agentName = 'a') =>
  new AgentDispatch({
    id: `AD_${agentName}`,
    agentName,
    state: {
      createdAt: ago(age),
      jobs: statuses.map((status) => ({
        state: {
          ...(status !== undefined && { status }),
          startedAt: ago(age),
          participantIdentity: 'agent-1',
        },
      })),
    },
  });
const person = (fields: ConstructorParameters<typeof ParticipantInfo>[0] = {}) =>
  new ParticipantInfo({
    identity: 'agent-1',
    kind: ParticipantInfo_Kind.AGENT,
    state: ParticipantInfo_State.ACTIVE,
    ...fields,
  });
const there = person({ attributes: { 'callboard.agent': 'a' } });
/** An agent of another program, which LiveKit's SDK names. */
const foreign = person({ attributes: { 'lk.agent_name': 'a' } });
const leaving = person({ attributes: { 'callboard.agent': 'a', 'callboard.leaving': 'takeover' } });
const gone = person({ state: ParticipantInfo_State.DISCONNECTED });
const caller = person({
  identity: 'caller',
  kind: ParticipantInfo_Kind.STANDARD,
  attributes: { 'callboard.agent': 'a' },
});

describe('a job', () => {
  it.each<[string, number, number | undefined, ParticipantInfo[], string]>([
    ['whose agent is there', 60, RUNNING, [caller, there], 'running'],
    ['whose agent is there, reported as ended', 60, SUCCESS, [there], 'running'],
    ['just offered', 3, RUNNING, [caller], 'pending'],
    ['just offered, reported as pending', 3, PENDING, [], 'pending'],
    ['offered long ago, no agent there', 11, RUNNING, [caller], 'ended'],
    ['whose agent has left', 11, RUNNING, [gone], 'ended'],
    ['with only another agent there', 11, RUNNING, [person({ identity: 'other' })], 'ended'],
    [
      'with only a person of that identity there',
      11,
      RUNNING,
      [person({ kind: ParticipantInfo_Kind.STANDARD })],
      'ended',
    ],
    ['that failed', 3, FAILED, [], 'failed'],
    ['that ended', 3, SUCCESS, [], 'ended'],
  ])('%s', (_, age, status, people, word) => {
    const [job] = dispatch(age, [status]).state?.jobs ?? [];
    expect(job && jobState(job, people, NOW)).toBe(word);
  });

  it("keeps LiveKit's state", () => {
    const words = dispatch(0, [PENDING, RUNNING, SUCCESS, FAILED]).state?.jobs.map(reportedState);
    expect(words).toEqual(['JS_PENDING', 'JS_RUNNING', 'JS_SUCCESS', 'JS_FAILED']);
  });
});

describe('an agent is in the room or on its way', () => {
  const automatic = dispatch(3, [], '');
  it.each<[string, AgentDispatch[], ParticipantInfo[], string | undefined, string | undefined]>([
    ['nobody', [], [caller], 'a', undefined],
    ['dispatched just now', [dispatch(3, [])], [], 'a', 'AD_a'],
    ['another dispatched just now', [dispatch(3, [], 'b')], [], 'a', undefined],
    ['dispatched long ago, not accepted', [dispatch(11, [])], [], 'a', undefined],
    ['accepted just now', [dispatch(3, [RUNNING])], [], 'a', 'AD_a'],
    ['accepted just now and failed', [dispatch(3, [FAILED])], [], 'a', undefined],
    ['accepted by the second worker', [dispatch(3, [FAILED, RUNNING])], [], 'a', 'AD_a'],
    ['accepted long ago, no agent there', [dispatch(11, [RUNNING])], [caller], 'a', undefined],
    ['there', [dispatch(60, [RUNNING])], [caller, there], 'a', 'AD_a'],
    ['there by another worker program', [dispatch(60, [RUNNING])], [person()], 'a', 'AD_a'],
    ['leaving', [dispatch(60, [RUNNING])], [leaving], 'a', undefined],
    ['leaving right after it joined', [dispatch(3, [RUNNING])], [leaving], 'a', undefined],
    ['the second while the first leaves', [dispatch(3, [])], [leaving], 'a', 'AD_a'],
    ['there without a dispatch', [automatic], [there], 'a', ''],
    ["there without a dispatch, by LiveKit's name", [automatic], [foreign], 'a', ''],
    ["another there by LiveKit's name", [automatic], [foreign], 'b', undefined],
    ['there by a dispatch without a name', [dispatch(60, [RUNNING], '')], [there], 'a', 'AD_'],
    ['another there without a dispatch', [automatic], [there], 'b', undefined],
    ['any: nobody', [automatic], [caller], undefined, undefined],
    ['any: dispatched just now', [automatic, dispatch(3, [], 'b')], [], undefined, 'AD_b'],
    ['any: there', [automatic, dispatch(60, [RUNNING])], [there], undefined, 'AD_a'],
    [
      'any: a dispatch without a name accepted just now',
      [dispatch(3, [RUNNING], '')],
      [],
      undefined,
      'AD_',
    ],
    ['any: there by a dispatch without a name', [automatic], [person()], undefined, ''],
  ])('%s', (_, dispatches, people, name, expected) => {
    expect(presentDispatch({ dispatches, people }, name, NOW)).toBe(expected);
  });
});
