import { AgentDispatch, ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { cameBack, jobWord, presentDispatch, reportedWord } from './presence';

const NOW = 1_800_000_000_000;
/** LiveKit's nanoseconds, this many seconds before now. */
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
        state: { status, startedAt: ago(age), participantIdentity: 'agent-1' },
      })),
    },
  });
const person = (fields: ConstructorParameters<typeof ParticipantInfo>[0] = {}) =>
  new ParticipantInfo({
    identity: 'agent-1',
    kind: 4,
    state: ParticipantInfo_State.ACTIVE,
    ...fields,
  });
const there = person({ attributes: { 'callboard.agent': 'a' } });
const leaving = person({ attributes: { 'callboard.agent': 'a', 'callboard.leaving': 'takeover' } });
const gone = person({ state: ParticipantInfo_State.DISCONNECTED });
const caller = person({ identity: 'caller', kind: 0, attributes: { 'callboard.agent': 'a' } });

describe('a job', () => {
  it.each<[string, number, number | undefined, ParticipantInfo[], string]>([
    ['whose agent is there', 60, RUNNING, [caller, there], 'running'],
    ['whose agent is there, said to be over', 60, SUCCESS, [there], 'running'],
    ['just offered', 3, RUNNING, [caller], 'pending'],
    ['just offered, said to be waiting', 3, PENDING, [], 'pending'],
    ['offered long ago, nobody there', 11, RUNNING, [caller], 'ended'],
    ['whose agent has gone', 11, RUNNING, [gone], 'ended'],
    ['that only another agent could be', 11, RUNNING, [person({ identity: 'other' })], 'ended'],
    ['that only a person of that identity could be', 11, RUNNING, [person({ kind: 0 })], 'ended'],
    ['that failed', 3, FAILED, [], 'failed'],
    ['that is over', 3, SUCCESS, [], 'ended'],
  ])('%s', (_, age, status, people, word) => {
    const [job] = dispatch(age, [status]).state?.jobs ?? [];
    expect(job && jobWord(job, people, NOW)).toBe(word);
  });

  it('keeps the word of LiveKit', () => {
    const words = dispatch(0, [PENDING, RUNNING, SUCCESS, FAILED]).state?.jobs.map(reportedWord);
    expect(words).toEqual(['JS_PENDING', 'JS_RUNNING', 'JS_SUCCESS', 'JS_FAILED']);
  });
});

describe('an agent is in the room or on its way', () => {
  const automatic = dispatch(3, [], '');
  it.each<[string, AgentDispatch[], ParticipantInfo[], string | undefined, string | undefined]>([
    ['nobody', [], [caller], 'a', undefined],
    ['sent just now', [dispatch(3, [])], [], 'a', 'AD_a'],
    ['another sent just now', [dispatch(3, [], 'b')], [], 'a', undefined],
    ['sent long ago, nobody took it', [dispatch(11, [])], [], 'a', undefined],
    ['taken just now', [dispatch(3, [RUNNING])], [], 'a', 'AD_a'],
    ['taken just now and failed', [dispatch(3, [FAILED])], [], 'a', undefined],
    ['taken by the second worker', [dispatch(3, [FAILED, RUNNING])], [], 'a', 'AD_a'],
    ['taken long ago, nobody there', [dispatch(11, [RUNNING])], [caller], 'a', undefined],
    ['there', [dispatch(60, [RUNNING])], [caller, there], 'a', 'AD_a'],
    ['there by another worker program', [dispatch(60, [RUNNING])], [person()], 'a', 'AD_a'],
    ['leaving', [dispatch(60, [RUNNING])], [leaving], 'a', undefined],
    ['leaving as soon as it came', [dispatch(3, [RUNNING])], [leaving], 'a', undefined],
    ['the second while the first leaves', [dispatch(3, [])], [leaving], 'a', 'AD_a'],
    ['there without a dispatch', [automatic], [there], 'a', ''],
    ['there by a nameless dispatch', [dispatch(60, [RUNNING], '')], [there], 'a', 'AD_'],
    ['another there without a dispatch', [automatic], [there], 'b', undefined],
    ['any: nobody', [automatic], [caller], undefined, undefined],
    ['any: sent just now', [automatic, dispatch(3, [], 'b')], [], undefined, 'AD_b'],
    ['any: there', [automatic, dispatch(60, [RUNNING])], [there], undefined, 'AD_a'],
    ['any: a nameless one taken just now', [dispatch(3, [RUNNING], '')], [], undefined, 'AD_'],
    ['any: a nameless one there', [automatic], [person()], undefined, ''],
  ])('%s', (_, dispatches, people, name, expected) => {
    expect(presentDispatch({ dispatches, people }, name, NOW)).toBe(expected);
  });
});

it.each<[string, AgentDispatch[], ParticipantInfo[], boolean]>([
  ['nobody is there', [dispatch(3, [])], [caller], false],
  ['it is there by a dispatch', [dispatch(60, [RUNNING]), dispatch(3, [])], [there], false],
  ['the room was made again', [dispatch(3, [])], [caller, there], true],
  ['it leaves', [dispatch(3, [])], [leaving], false],
  ['it is another', [dispatch(3, [], 'b')], [person()], false],
])('an agent comes back by itself: %s', (_, dispatches, people, expected) => {
  expect(cameBack({ dispatches, people }, 'a') !== undefined).toBe(expected);
});
