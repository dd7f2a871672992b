// Which spans belong to which answer, and what of them is shown.
import { expect, test } from 'vitest';
import type { EventSpan, StoredEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { type Bar, frameOf, waterfalls } from '@/lib/calls/view/waterfall';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';

const agent = { source: 'agent:AJ_1' };
/** A span, in milliseconds after the request. */
const span = (
  name: string,
  from: number,
  to: number,
  more: Partial<EventSpan> = {},
): EventSpan => ({
  ...{ id: `${name}-${from}`, name, startedAt: T0 + from, endedAt: T0 + to },
  ...more,
});
const spans = (...list: readonly EventSpan[]) =>
  eventAt(
    'spans',
    20_000,
    { agent: 'front-desk', spans: [...list] },
    { ...agent, id: list.map(({ id }) => id).join() },
  );
const turn = (speaker: 'caller' | 'agent', from: number, to: number): StoredEvent =>
  eventAt(
    'turn',
    to,
    {
      ...{ speaker, identity: speaker, by: speaker, text: 'words' },
      ...{ startedAt: T0 + from, endedAt: T0 + to },
    },
    agent,
  );
const REQUESTED = usualCall().slice(0, 1);
/** The bars of each turn: "model gpt 6000-6400". */
function shown(...events: readonly StoredEvent[]): string[][] {
  const bars = waterfalls(foldCall([...REQUESTED, ...events]));
  return [...bars.values()].map((list) => list.map(sentence));
}
const sentence = ({ kind, what, from, to, firstAt, failed }: Bar) =>
  [kind, what, `${from}-${to}`, firstAt && `first ${firstAt}`, failed && 'failed']
    .filter(Boolean)
    .join(' ');

test('an answer with a tool: what the user said, its end, the model, the tool and the voice', () => {
  const step = { parent: 'agent_turn-5700' };
  expect(
    shown(
      turn('agent', 1_000, 3_000),
      turn('caller', 4_000, 5_500),
      turn('agent', 7_000, 9_000),
      // As LiveKit sends them: two answers of the model, and the voice outside of them.
      spans(
        span('agent_speaking', 1_000, 3_000),
        span('user_speaking', 4_000, 5_500),
        span('user_turn', 4_000, 5_900),
        span('eou_detection', 5_600, 5_650),
        span('agent_turn', 5_700, 6_700),
        span('llm_node', 5_700, 6_000, { ...step, what: 'gpt', firstMs: 250 }),
        span('llm_request', 5_701, 6_000, { parent: 'llm_node-5700' }),
        span('function_tool', 6_010, 6_300, { ...step, what: 'find_times', failed: true }),
        span('llm_node', 6_310, 6_700, { ...step, what: 'gpt' }),
      ),
      spans(
        span('tts_node', 6_500, 8_500, { what: 'flite', firstMs: 400 }),
        span('agent_speaking', 7_000, 9_000),
        span('user_speaking', 9_500, 9_800),
      ),
    ),
  ).toEqual([
    ['voice 1000-3000'],
    [
      'user 4000-5500',
      'endOfTurn 5500-5900',
      'model gpt 5700-6000 first 5950',
      'tool find_times 6010-6300 failed',
      'model gpt 6310-6700',
      'speech flite 6500-8500 first 6900',
      'voice 7000-9000',
    ],
  ]);
});

test('an interrupted answer does not have the work on the next one', () => {
  const next = { parent: 'agent_turn-2600' };
  expect(
    shown(
      turn('agent', 1_000, 3_000),
      turn('caller', 2_000, 2_900),
      turn('agent', 4_000, 5_000),
      spans(
        span('agent_turn', 600, 3_000),
        span('llm_node', 600, 900, { parent: 'agent_turn-600' }),
        span('user_speaking', 2_000, 2_900),
        // Begun before the caller has finished, and before the agent is silent.
        span('agent_turn', 2_600, 3_800),
        span('llm_node', 2_600, 3_500, next),
        span('agent_speaking', 4_000, 5_000, next),
      ),
    ),
  ).toEqual([['model 600-900'], ['user 2000-2900', 'model 2600-3500', 'voice 4000-5000']]);
});

test('an agent that goes on after a tool: each part has its own work', () => {
  expect(
    shown(
      turn('agent', 1_000, 3_000),
      turn('agent', 4_000, 5_000),
      spans(
        span('agent_turn', 500, 2_000),
        span('function_tool', 1_200, 2_000, { parent: 'agent_turn-500', what: 'find' }),
        span('agent_turn', 2_100, 2_900),
        span('llm_node', 2_100, 2_900, { parent: 'agent_turn-2100' }),
      ),
    ),
  ).toEqual([['tool find 1200-2000'], ['model 2100-2900']]);
});

test('speech during an answer is not what was answered', () => {
  expect(
    shown(
      turn('agent', 1_000, 3_000),
      spans(span('user_speaking', 200, 500), span('user_speaking', 1_500, 1_800)),
    ),
  ).toEqual([['user 200-500']]);
});

test('a caller who types does not speak', () => {
  expect(
    shown(
      turn('caller', 4_000, 4_000),
      turn('agent', 5_000, 6_000),
      spans(
        span('user_speaking', 4_000, 4_000),
        span('user_turn', 4_000, 4_000),
        span('llm_node', 4_100, 4_400),
        span('agent_speaking', 5_000, 6_000),
      ),
    ),
  ).toEqual([['model 4100-4400', 'voice 5000-6000']]);
});

test('without the turn of the user, its end is the detection; without measurements, there is nothing', () => {
  const detected = spans(span('eou_detection', 600, 640));
  expect(shown(turn('agent', 1_000, 3_000), detected)).toEqual([['endOfTurn 600-640']]);
  expect(shown(turn('agent', 1_000, 3_000))).toEqual([]);
  expect(shown(detected)).toEqual([]);
});

test('a span that is uploaded twice is shown once, and one in a circle ends', () => {
  const circle = span('llm_node', 500, 700, { parent: 'other-1' });
  const other = span('other', 1, 2, { parent: circle.id });
  expect(shown(turn('agent', 1_000, 3_000), spans(circle), spans(circle, other))).toEqual([
    ['model 500-700'],
  ]);
});

const bar = (kind: Bar['kind'], from: number, to: number): Bar => ({
  ...{ kind, id: `${kind}-${from}`, what: undefined, from, to, firstAt: undefined, failed: false },
});
test.each([
  [
    'long speech is cut',
    [bar('user', 0, 9_000), bar('voice', 10_000, 20_000)],
    8_000,
    11_000,
    9_000,
  ],
  [
    'work is not',
    [bar('user', 0, 9_000), bar('model', 6_000, 12_000), bar('voice', 10_000, 20_000)],
    ...[6_000, 12_000, 9_000],
  ],
  [
    'short speech is not',
    [bar('user', 8_500, 9_000), bar('voice', 9_100, 9_300)],
    8_500,
    9_300,
    9_000,
  ],
  [
    'a greeting begins with its first bar',
    [bar('model', 300, 400), bar('speech', 350, 900)],
    300,
    900,
    300,
  ],
  ['there is always some width', [bar('model', 300, 300)], 300, 301, 300],
] as const)('the frame: %s', (_, bars, from, to, zero) => {
  expect(frameOf(bars)).toEqual({ from, to, zero });
});
