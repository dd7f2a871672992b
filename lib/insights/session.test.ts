// A session's report in both spellings, as events.
import { describe, expect, it } from 'vitest';
import type { EventData, EventOf } from '@/lib/calls/event';
import { decodeOtlp, encodeOtlp } from '@/lib/insights/otlp';
import {
  conversation,
  logsOf,
  type Report,
  type TestSession,
} from '@/lib/insights/testing/uploads';
import { uploadOfRecording, uploadsOfLogs } from '@/lib/insights/uploads';

const AT = 1_795_738_400;
const session: TestSession = { room: 'RM_a1', job: 'AJ_b2', agent: 'pia' };
const header = { roomId: 'RM_a1', jobId: 'AJ_b2' };
const report: Report = { items: conversation(AT) };

/** The events of a report that was sent as protobuf, with `at` in milliseconds since the call began. */
function eventsOf(sent: Report, keepsPrompt = false, by = session) {
  const message = decodeOtlp('logs', encodeOtlp('logs', logsOf(by, sent, AT * 1_000)), false);
  return uploadsOfLogs(message, keepsPrompt)[0]?.events ?? [];
}
const of = <K extends EventData['kind']>(kind: K, sent = report) =>
  eventsOf(sent).flatMap(({ what }) => (what.kind === kind ? [what as EventOf<K>] : []));
const ms = (seconds: number) => (AT + seconds) * 1_000;

describe('the history', () => {
  it('is the same from the logs and from the recording', () => {
    const { events } = uploadOfRecording(header, { items: report.items }, AT * 1_000, false);
    const shapes = (all: typeof events) => all.map(({ id, at, what }) => [id, at, what.kind]);
    // With tags and usage, the logs have more.
    expect(shapes(events)).toEqual(shapes(eventsOf(report)));
  });
  it('has what was said, with the delays of the answer', () => {
    expect(of('turn')).toEqual([
      {
        ...{ kind: 'turn', speaker: 'agent', identity: 'agent-AJ_b2', by: '' },
        ...{ text: 'Hello, this is Pia.', startedAt: ms(1), endedAt: ms(3), interrupted: true },
      },
      {
        ...{ kind: 'turn', speaker: 'caller', identity: '', by: '', text: 'When are you open?' },
        ...{ startedAt: ms(4), endedAt: ms(5.5), latency: { transcript: 250, endOfTurn: 500 } },
      },
      {
        ...{ kind: 'turn', speaker: 'agent', identity: 'agent-AJ_b2', by: '' },
        ...{ text: 'From nine to five.', startedAt: ms(7), endedAt: ms(9) },
        latency: { transcript: 250, endOfTurn: 500, firstToken: 710, firstAudio: 1_500 },
      },
      {
        ...{ kind: 'turn', speaker: 'caller', identity: '', by: '', text: 'thanks' },
        ...{ startedAt: ms(12), endedAt: ms(12), typed: true },
      },
    ]);
  });
  it('has the first audio, and tools with their results', () => {
    expect(of('first_audio')).toEqual([
      { kind: 'first_audio', identity: 'agent-AJ_b2', agent: 'pia' },
    ]);
    expect(of('tool')).toEqual([
      {
        ...{ kind: 'tool', identity: 'agent-AJ_b2', tool: 'opening_hours', failed: false, ms: 250 },
        args: '{"day":"monday","note":"When are you open?"}',
        result: 'open: When are you open?',
      },
    ]);
  });
  it('says when another agent of the session goes on', () => {
    const items = [
      ...report.items,
      {
        type: 'agent_handoff',
        id: 'h2',
        old_agent_id: 'pia',
        new_agent_id: 'bill',
        created_at: AT,
      },
    ];
    expect(of('agent_changed', { items })).toEqual([
      { kind: 'agent_changed', agent: 'pia', from: 'pia', to: 'bill' },
    ]);
  });
  it('leaves out what is neither said nor heard, and what is no item', () => {
    const message = { type: 'message', role: 'user', content: ['x'], created_at: AT };
    const items = [
      { ...message, id: 's', role: 'system' },
      { ...message, id: 'e', content: ['  '] },
      { ...message, id: '' },
      { ...message, id: 'n', created_at: Number.NaN },
      { type: 'something_new', id: 'z', created_at: AT },
    ];
    const { events } = uploadOfRecording(header, { items: [...items, 7, null] }, AT, false);
    expect(events).toEqual([]);
    for (const history of [undefined, [], 'x', { items: {} }]) {
      expect(uploadOfRecording(header, history, AT, false).events).toEqual([]);
    }
  });
});

describe('the version', () => {
  const versions = (sent: Report) => of('agent_config', sent).map(({ version }) => version);
  it('is a hash of the instructions and tools, without the instructions', () => {
    const [config] = of('agent_config');
    expect(config).toEqual({
      ...{ kind: 'agent_config', agent: 'pia', deployment: '', tools: ['opening_hours'] },
      version: expect.stringMatching(/^prompt [\da-f]{7}$/),
    });
    expect(versions({ items: conversation(AT, 'Other words.') })).not.toEqual(versions(report));
    expect(versions({ items: conversation(AT + 99) })).toEqual(versions(report));
  });
  it('is what the agent’s code says with a tag', () => {
    expect(versions({ ...report, tags: ['version:1.4', 'from:test'] })).toEqual(['1.4']);
  });
  it('has the instructions if they are kept, and never under redaction', () => {
    const instructions = (by: TestSession) =>
      eventsOf(report, true, by).flatMap(({ what }) =>
        what.kind === 'agent_config' ? [what.instructions] : [],
      );
    expect(instructions(session)).toEqual(['You are Pia. When are you open?']);
    expect(instructions({ ...session, redacted: true })).toEqual([undefined]);
  });
});

it('tags, evaluations and outcomes are events, LiveKit’s own tags are not', () => {
  const sent: Report = {
    items: [],
    tags: ['from:test', 'lk.success', 'lk.judge.polite:pass', 'version:2'],
    evaluations: [
      { name: 'polite', tag: 'lk.judge.polite:pass', verdict: 'pass', reasoning: 'It greeted.' },
    ],
    outcome: { outcome: 'success', reason: 'Booked.' },
  };
  expect(eventsOf(sent).map(({ id, what }) => [id, what])).toEqual([
    ['AJ_b2-tag-from:test', { kind: 'tagged', agent: 'pia', tag: 'from:test' }],
    [
      'AJ_b2-evaluation-polite',
      {
        ...{ kind: 'evaluation', agent: 'pia', name: 'polite', verdict: 'pass' },
        reason: 'It greeted.',
      },
    ],
    ['AJ_b2-outcome', { kind: 'outcome', outcome: 'success', reason: 'Booked.' }],
  ]);
});

it('usage is the same from Python and from Node', () => {
  const python = [
    { type: 'llm_usage', provider: 'openai', model: 'gpt', input_tokens: 14, output_tokens: 10 },
    { type: 'tts_usage', provider: 'p', model: 'flite', characters_count: 9, audio_duration: 1.25 },
    { type: 'stt_usage', provider: 'p', model: 'moonshine', audio_duration: 0 },
    { type: 'avatar_usage', provider: 'p', model: 'm', input_tokens: 1 },
  ];
  const node = [
    { type: 'llm_usage', provider: 'openai', model: 'gpt', inputTokens: 14, outputTokens: 10 },
    { type: 'tts_usage', provider: 'p', model: 'flite', charactersCount: 9, audioDurationMs: 1250 },
  ];
  const models = [
    { type: 'llm', provider: 'openai', model: 'gpt', inputTokens: 14, outputTokens: 10 },
    { type: 'tts', provider: 'p', model: 'flite', audioMs: 1_250, characters: 9 },
  ];
  for (const usage of [python, node]) {
    expect(of('usage', { items: [], usage })).toEqual([
      { kind: 'usage', agent: 'pia', deployment: '', models },
    ]);
  }
});

it('errors that the framework only counts are told', () => {
  const sessionSummary = JSON.stringify({ errors: { llm: 1, stt: 2, tts: 0, realtime: 0 } });
  const { events } = uploadOfRecording({ ...header, sessionSummary }, undefined, AT, false);
  expect(events.map(({ what }) => what)).toEqual([
    { kind: 'error', where: 'stt', message: 'Speech to text failed 2 times.' },
  ]);
});
