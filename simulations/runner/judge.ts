// Compares a response, and a whole call, with what its scenario expects; and decides whether the caller repeats a line.
import { DateTime } from 'luxon';
import type { Timeline } from '@/lib/calls/call';
import { type LineResult, type Miss, TEXT_MAX } from '@/lib/calls/test-calls/result';
import { jsonIn } from '@/lib/core/json';
import { currentOutcome } from '@/lib/core/outcome';
import { type ScenarioLine, WITHIN } from '@/lib/simulations/scenarios';
import { findPhrase } from '@/scripts/test-caller/match';

interface Answer {
  readonly heard: string;
  readonly delayMs?: number | undefined;
  readonly agent: string;
}

/** Milliseconds within which the response to a line must begin. */
export const limitOf = ({ within = WITHIN }: ScenarioLine) => Math.round(within * 1_000);

/** The audible faults of a response. */
export function judgeAnswer(line: ScenarioLine, { heard, delayMs, agent }: Answer): Miss[] {
  const limitMs = limitOf(line);
  const missing = (line.hear ?? []).flatMap((wanted): Miss[] => {
    const { found, near } = findPhrase(wanted, heard);
    return found ? [] : [{ kind: 'not heard', wanted, near }];
  });
  const unwanted = (line.never ?? [])
    .filter((words) => findPhrase(words, heard).found)
    .map((words): Miss => ({ kind: 'heard', unwanted: words }));
  // Waiting and hanging up need no response.
  const answers = line.hear !== undefined || (line.say !== undefined && !line.hangUp);
  const misses: Miss[] = [...missing, ...unwanted];
  if (answers && delayMs === undefined) misses.unshift({ kind: 'no answer', withinMs: limitMs });
  if (answers && delayMs !== undefined && delayMs > limitMs) {
    misses.push({ kind: 'late', limitMs, ms: delayMs });
  }
  if (line.agent !== undefined && line.agent !== agent) {
    misses.push({ kind: 'not handed off', wanted: line.agent, was: agent });
  }
  return misses;
}

type Tool = Extract<Timeline['marks'][number], { kind: 'tool' }>;

/** The name of a tool in this release: before 0.2, scenarios and agents had `handOver`. */
const currentTool = (name: string) => (name === 'handOver' ? 'handOff' : name);

const argsOf = ({ args }: Tool) => (jsonIn(args) ?? {}) as Readonly<Record<string, unknown>>;

/** The weekday of a date in lower-case English; undefined if it is no date. */
const weekdayOf = (day: string) =>
  /^\d{4}-\d\d-\d\d$/.test(day)
    ? DateTime.fromISO(day, { locale: 'en' }).weekdayLong?.toLowerCase()
    : undefined;

/** Compares arguments as they are spoken: "10:30" is "ten thirty", and a date matches "Monday". */
function sameValue(wanted: unknown, is: unknown): boolean {
  const [one, other] = [String(wanted).toLowerCase(), String(is ?? '').toLowerCase()];
  return one === other || one === weekdayOf(other) || findPhrase(one, other).found;
}

/** Milliseconds by which a tool call may seem to precede its line: two clocks, and one network. */
const SLACK_MS = 1_000;

/**
 * The missing tool calls of a line or a call.
 * @param from when the line began, in milliseconds since the call was requested
 */
export function judgeTools(
  { tool: all }: Pick<ScenarioLine, 'tool'>,
  { marks }: Timeline,
  from: number,
): Miss[] {
  const wanted = Object.entries(all ?? {});
  if (wanted.length === 0) return [];
  const tools = marks.filter(
    (mark): mark is Tool => mark.kind === 'tool' && mark.to >= from - SLACK_MS,
  );
  const called = tools
    .map(({ tool, args }) => `${tool} ${args}`)
    .join(', ')
    .slice(0, 500);
  return wanted.flatMap(([tool, args]): Miss[] => {
    const fits = (one: Tool) =>
      currentTool(one.tool) === currentTool(tool) &&
      Object.entries(args).every(([key, value]) => sameValue(value, argsOf(one)[key]));
    const shown = JSON.stringify(args);
    return tools.some(fits) ? [] : [{ kind: 'no tool', tool, args: shown, called }];
  });
}

/** The fault if the call has another outcome. */
export function judgeOutcome(wanted: string | undefined, { call }: Timeline): Miss[] {
  if (wanted === undefined || currentOutcome(wanted) === call.outcome) return [];
  return [{ kind: 'other outcome', wanted, was: call.outcome }];
}

/** How agents ask callers to repeat something. */
const ASKS =
  "didn't catch / didn't get that / didn't understand / didn't hear / say that again / repeat that / pardon";

/**
 * Whether the caller repeats a line, as people do: the agent asks for it, and the expected response is missing. The
 * line's result then shows both.
 */
export const isAskedToRepeat = (line: ScenarioLine, { heard, misses }: LineResult): boolean =>
  line.say !== undefined &&
  misses.some(({ kind }) => kind === 'not heard' || kind === 'not handed off') &&
  findPhrase(ASKS, heard).found;

const both = (one: string, other: string) => `${one} – ${other}`.slice(0, TEXT_MAX);

/** The result of a repeated line: the second response counts, but does not excuse other faults of the first. */
export const mergeRepeated = (first: LineResult, second: LineResult): LineResult => ({
  ...first,
  said: both(first.said, second.said),
  heard: both(first.heard, second.heard),
  misses: [
    ...first.misses.filter(({ kind }) => kind === 'late' || kind === 'heard'),
    ...second.misses,
  ],
});
