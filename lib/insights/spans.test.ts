// The traces of a session, as events.
import { describe, expect, it } from 'vitest';
import { decodeOtlp, encodeOtlp } from '@/lib/insights/otlp';
import { failedSpan, spanOf, tracesOf } from '@/lib/insights/testing/uploads';
import { uploadsOfTraces } from '@/lib/insights/uploads';

const AT = 1_795_738_400_000;
const session = { room: 'RM_a1', job: 'AJ_b2', agent: 'pia', deployment: 'staging' };
const id = (number: number) => number.toString(16).padStart(16, '0');
const at = (from: number, to: number) => [AT + from, AT + to] as const;

function uploadsOf(spans: Parameters<typeof tracesOf>[1], by = session) {
  const message = encodeOtlp('traces', tracesOf(by, spans));
  return uploadsOfTraces(decodeOtlp('traces', message, false), false);
}

describe('the parts of an answer', () => {
  const spans = [
    spanOf(1, 'agent_turn', at(0, 2_000), { 'lk.pii.user_input': 'my number is 020 7946 0018' }),
    spanOf(2, 'llm_node', at(10, 400), {
      ...{ parent: 1, 'gen_ai.request.model': 'gpt', 'lk.response.ttft': 0.2 },
      'lk.pii.chat_ctx': '{}',
    }),
    spanOf(3, 'function_tool', at(400, 500), { parent: 1, 'lk.function_tool.name': 'hours' }),
    spanOf(4, 'llm_request', at(11, 399), { parent: 2 }),
    spanOf(5, 'job_entrypoint', at(0, 9_000)),
  ];
  it('have names, times and models, and no words', () => {
    const [upload] = uploadsOf(spans);
    expect(upload).toMatchObject({ roomSid: 'RM_a1', job: 'AJ_b2', agent: 'pia', redacted: false });
    expect(upload?.sentAt).toBe(AT + 9_000);
    expect(upload?.events).toEqual([
      {
        id: expect.stringMatching(/^AJ_b2-spans-[\da-f]{32}$/),
        at: AT,
        what: {
          ...{ kind: 'spans', agent: 'pia' },
          spans: [
            { id: id(1), name: 'agent_turn', startedAt: AT, endedAt: AT + 2_000 },
            {
              ...{ id: id(2), parent: id(1), name: 'llm_node', what: 'gpt', firstMs: 200 },
              ...{ startedAt: AT + 10, endedAt: AT + 400 },
            },
            {
              ...{ id: id(3), parent: id(1), name: 'function_tool', what: 'hours' },
              ...{ startedAt: AT + 400, endedAt: AT + 500 },
            },
          ],
        },
      },
    ]);
    expect(JSON.stringify(upload)).not.toContain('7946');
  });
  it('are the same event when they are sent once more, and several if there are many', () => {
    const ids = (uploads: ReturnType<typeof uploadsOf>) =>
      uploads.flatMap(({ events }) => events.map((event) => event.id));
    expect(ids(uploadsOf(spans))).toEqual(ids(uploadsOf(spans)));
    const many = Array.from({ length: 450 }, (_, n) => spanOf(n, 'tts_node', at(n, n + 1)));
    expect(new Set(ids(uploadsOf(many))).size).toBe(3);
  });
  it('are the same from JSON', () => {
    const json = JSON.parse(
      JSON.stringify(tracesOf(session, spans), (_, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value,
      ),
    );
    const body = Buffer.from(JSON.stringify(json));
    expect(uploadsOfTraces(decodeOtlp('traces', body, true), false)).toEqual(uploadsOf(spans));
  });
});

describe('an error', () => {
  const failing = (number: number, name: string, parent: number) =>
    failedSpan(spanOf(number, name, at(0, 10 * number), { parent }), 'the model is broken');
  it('is told once, by the part that failed', () => {
    const spans = [
      failing(4, 'llm_request_run', 3),
      failing(5, 'llm_request_run', 3),
      failing(3, 'llm_request', 2),
      failing(2, 'llm_node', 1),
      failing(1, 'agent_turn', 0),
    ];
    const errors = uploadsOf(spans)[0]?.events.filter(({ what }) => what.kind === 'error') ?? [];
    expect(new Set(errors.map((error) => error.id)).size).toBe(1);
    expect(errors[0]).toMatchObject({
      at: AT + 40,
      what: { kind: 'error', where: 'llm', message: 'the model is broken' },
    });
  });
});

describe('the session', () => {
  it.each([
    ['no room', { room: '', job: 'AJ_1' }],
    ['a name instead of a sid', { room: 'lobby', job: 'AJ_1' }],
    ['a path', { room: 'RM_1', job: 'AJ_../../x' }],
  ])('is refused with %s', (_, by) => {
    expect(() => uploadsOf([spanOf(1, 'llm_node', at(0, 1))], { ...session, ...by })).toThrow(
      'must name its room',
    );
  });
  it('is each of those that a process has', () => {
    const first = tracesOf(session, [spanOf(1, 'llm_node', at(0, 1))]);
    const second = tracesOf({ ...session, job: 'AJ_c3' }, [spanOf(2, 'llm_node', at(0, 1))]);
    const both = {
      resourceSpans: [...(first.resourceSpans ?? []), ...(second.resourceSpans ?? [])],
    };
    expect(uploadsOfTraces(both, false).map(({ job }) => job)).toEqual(['AJ_b2', 'AJ_c3']);
  });
});
