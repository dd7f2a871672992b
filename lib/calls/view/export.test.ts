// Exported files: what players and programs would refuse or misread.
import { expect, test } from 'vitest';
import type { Mark, Timeline } from '@/lib/calls/call';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { exportCall, exportName } from '@/lib/calls/view/export';
import { sampleCall } from '@/lib/testing/calls';

const AT = Date.UTC(2026, 10, 20, 10, 42);
const names = (name: string) => (name === 'front-desk' ? 'Ada' : name);
const whole = () =>
  foldCall(
    sampleCall(7, AT, { agent: 0, deployment: 'staging', turns: 4, ending: 'caller' }).map(
      (event) => ({
        ...event,
        arrivedAt: event.at,
      }),
    ),
  );
const turn = (over: Partial<Extract<Mark, { kind: 'turn' }>>): Mark => ({
  kind: 'turn',
  id: 't',
  from: 1_000,
  to: 2_500,
  speaker: 'agent',
  by: 'Ada',
  text: 'Hello',
  typed: false,
  interrupted: false,
  latency: {},
  ...over,
});
const saying = (...marks: Mark[]): Timeline => ({ ...whole(), marks });

test('files are named by date and agent, whatever the name of the agent', () => {
  const { call } = whole();
  expect(exportName(call, '.vtt')).toBe('callboard-2026-11-20-1042-front-desk.vtt');
  expect(exportName({ ...call, agents: ['../"Zoë"\n'] }, '.txt')).toBe(
    'callboard-2026-11-20-1042-..-Zo-.txt',
  );
  expect(exportName({ ...call, agents: [] }, '.json')).toBe('callboard-2026-11-20-1042.json');
});

test('WebVTT has a cue for each turn, with its speaker and times', () => {
  expect(
    exportCall(
      saying(
        turn({}),
        turn({
          id: 'u',
          from: 3_723_004,
          to: 3_724_000,
          by: 'Anna',
          text: 'Bye',
          interrupted: true,
        }),
      ),
      'vtt',
      names,
    ).body,
  ).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Ada>Hello</v>\n\n01:02:03.004 --> 01:02:04.000\n<v Anna>Bye —</v>\n',
  );
});

test('WebVTT: markup is escaped, an empty line does not end a cue, a typed turn has a duration', () => {
  const { body } = exportCall(
    saying(turn({ by: 'A > "B"', text: 'a <b> & c --> d\n\n\ne', to: 1_000 })),
    'vtt',
    names,
  );
  expect(body).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:01.001\n<v A &gt; "B">a &lt;b&gt; &amp; c --&gt; d\ne</v>\n',
  );
});

test('WebVTT: spaces around lines are removed, however many', () => {
  // With time that grows with the square of their number, this would take minutes.
  const spaces = ' '.repeat(500_000);
  const { body } = exportCall(
    saying(turn({ text: `a${spaces}b \r\n \n c${spaces}` })),
    'vtt',
    names,
  );
  expect(body).toContain(`>a${spaces}b\nc</v>`);
});

test('text contains the conversation, with tools and interruptions', () => {
  const { body } = exportCall(
    saying(turn({ interrupted: true }), {
      kind: 'tool',
      id: 'x',
      from: 2_000,
      to: 2_031,
      tool: 'find_times',
      label: 'Looked for free times',
      args: '{}',
      result: '[]',
      failed: false,
    }),
    'txt',
    names,
  );
  expect(body).toMatch(
    /^Callboard: .+ with Ada \(staging\)\n2026-11-20 10:42 UTC, 00:\d\d, ended by the caller\n\n/,
  );
  expect(body).toContain(
    '[00:01] Ada: Hello — (interrupted)\n[00:02] (Looked for free times, 31 ms)\n',
  );
});

test('JSON has the call and its turns and tools in snake_case', () => {
  const { call, lines } = JSON.parse(exportCall(whole(), 'json', names).body);
  expect(call).toMatchObject({ id: 'sample-7', ended_by: 'caller', requested_at: AT });
  expect(lines.filter(({ kind }: Mark) => kind === 'event')).toEqual([]);
  expect(
    lines.some(({ latency }: { latency?: { first_audio?: number } }) => latency?.first_audio),
  ).toBe(true);
});
