// Turns a call into a scenario, so that what went wrong once is tested from then on. Only the caller's lines and the
// tools are taken over; the agent's words stand in comments, because they may be what was wrong. Pure.
import type { Mark, Timeline } from '@/lib/calls/call';
import { exportName } from '@/lib/calls/view/export';
import { isBlank } from '@/lib/core/blank';
import { jsonIn } from '@/lib/core/json';
import { ENDING, LINES_MAX, type ScenarioLine, WORDS_MAX } from '@/lib/simulations/scenarios';

/** Seconds to wait in a call in which the caller said nothing. */
const WAIT = 5;

type Turn = Extract<Mark, { kind: 'turn' }>;
type Tool = Extract<Mark, { kind: 'tool' }>;

/** A line of the scenario, and what the agent said after it. */
interface Exchange {
  line: ScenarioLine | undefined;
  readonly answers: string[];
}

/** A tool call as a scenario expects it: with those arguments that a scenario can compare. */
function expectedTool({ tool, args }: Tool): NonNullable<ScenarioLine['tool']> {
  // Arguments that are too long were cut off when they were stored.
  const comparable = Object.entries(jsonIn(args) ?? {}).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return { [tool]: Object.fromEntries(comparable) };
}

/** The caller's lines in order, each with what followed it. The first has what was said before. */
function exchangesOf(marks: readonly Mark[]): Exchange[] {
  const exchanges: Exchange[] = [{ line: undefined, answers: [] }];
  let interrupted = false;
  for (const mark of marks) {
    const last = exchanges[exchanges.length - 1] as Exchange;
    if (mark.kind === 'turn' && mark.speaker === 'caller') {
      const say = mark.text.trim().slice(0, WORDS_MAX);
      if (isBlank(say) || mark.pressed) continue;
      exchanges.push({ line: { say, ...(interrupted && { over: true }) }, answers: [] });
      interrupted = false;
    } else if (mark.kind === 'turn') {
      last.answers.push(spoken(mark));
      interrupted = mark.interrupted;
    } else if (mark.kind === 'tool' && !mark.failed && last.line) {
      last.line = { ...last.line, tool: { ...last.line.tool, ...expectedTool(mark) } };
    }
  }
  return exchanges;
}

const spoken = ({ by, text, interrupted }: Turn) =>
  `${by}: ${text}${interrupted ? ' —' : ''}`.replaceAll(/\s+/g, ' ').trim();

const comment = (text: string) => `    // ${text}`;

/** A file of a scenario. */
export interface ScenarioText {
  /** File name. */
  readonly name: string;
  /** JSON with comments. */
  readonly body: string;
}

/**
 * The scenario file that repeats what the caller of a call said.
 * @param fallback name of the agent to call, if none was in the call
 */
export function scenarioFromCall({ call, marks }: Timeline, fallback: string): ScenarioText {
  const [before, ...rest] = exchangesOf(marks);
  const exchanges: Exchange[] =
    rest.length > 0 ? rest.slice(0, LINES_MAX) : [{ line: { wait: WAIT }, answers: [] }];
  const at = new Date(call.requestedAt).toISOString().slice(0, 16).replace('T', ' ');
  const talk = exchanges.flatMap(({ line, answers }, index) => [
    `    ${JSON.stringify(line)}${index < exchanges.length - 1 ? ',' : ''}`,
    ...answers.map(comment),
  ]);
  const body = [
    `// From the call ${call.id}, ${at} UTC. Add to each line what must be heard: "hear": ["word / another word"].`,
    '{',
    '  "$schema": "../scenario.schema.json",',
    `  "title": ${JSON.stringify(`Call of ${at}`)},`,
    `  "agent": ${JSON.stringify(call.agents[0] ?? fallback)},`,
    '  "talk": [',
    ...(before?.answers ?? []).map(comment),
    ...talk,
    '  ]',
    '}',
    '',
  ].join('\n');
  return { name: exportName(call, ENDING), body };
}
