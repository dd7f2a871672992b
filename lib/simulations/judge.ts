// What of an answer, and of a whole call, is not as its rehearsal wants it.
import { DateTime } from 'luxon';
import type { Timeline } from '@/lib/calls/call';
import type { Miss } from '@/lib/calls/test-calls/result';
import { look } from './match';
import { type RehearsalLine, WITHIN } from './rehearsal';

/** An answer as the caller had it. */
export interface Answer {
  /** What was heard. */
  readonly heard: string;
  /** Milliseconds until it began; undefined where nothing came. */
  readonly delayMs: number | undefined;
  /** Name of the agent that has the word. */
  readonly agent: string;
}

/** Milliseconds in which the answer to a line must begin. */
export const limitOf = ({ within = WITHIN }: RehearsalLine) => Math.round(within * 1_000);

/** What is wrong with an answer, as far as can be heard. */
export function judgeAnswer(line: RehearsalLine, { heard, delayMs, agent }: Answer): Miss[] {
  const limitMs = limitOf(line);
  const missing = (line.hear ?? []).flatMap((wanted): Miss[] => {
    const { found, near } = look(wanted, heard);
    return found ? [] : [{ kind: 'not heard', wanted, near }];
  });
  const unwanted = (line.never ?? [])
    .filter((words) => look(words, heard).found)
    .map((words): Miss => ({ kind: 'heard', unwanted: words }));
  // Who waits, or leaves, says nothing that must be answered.
  const answers = line.hear !== undefined || (line.say !== undefined && !line.hangUp);
  const misses: Miss[] = [...missing, ...unwanted];
  if (answers && delayMs === undefined) misses.unshift({ kind: 'no answer', withinMs: limitMs });
  if (answers && delayMs !== undefined && delayMs > limitMs) {
    misses.push({ kind: 'late', limitMs, ms: delayMs });
  }
  if (line.agent !== undefined && line.agent !== agent) {
    misses.push({ kind: 'not handed over', wanted: line.agent, was: agent });
  }
  return misses;
}

type Tool = Extract<Timeline['marks'][number], { kind: 'tool' }>;

function argsOf({ args }: Tool): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(args);
  } catch {
    return {};
  }
}

/** Name of a day in English, small; undefined where it is none. */
const weekdayOf = (day: string) =>
  /^\d{4}-\d\d-\d\d$/.test(day)
    ? DateTime.fromISO(day, { locale: 'en' }).weekdayLong?.toLowerCase()
    : undefined;

/** Arguments are compared as they are said: "10:30" is "ten thirty", and a date is a "Monday". */
function sameValue(wanted: unknown, is: unknown): boolean {
  const [one, other] = [String(wanted).toLowerCase(), String(is ?? '').toLowerCase()];
  return one === other || one === weekdayOf(other) || look(one, other).found;
}

/** Milliseconds by which a tool may seem to be before the line it is of: two clocks, and one network. */
const SLACK_MS = 1_000;

/**
 * What is wrong with the tools of a line, or of a whole call.
 * @param from when the line began, in milliseconds from when the call was asked for
 */
export function judgeTools(
  { tool: all }: Pick<RehearsalLine, 'tool'>,
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
      one.tool === tool &&
      Object.entries(args).every(([key, value]) => sameValue(value, argsOf(one)[key]));
    const shown = JSON.stringify(args);
    return tools.some(fits) ? [] : [{ kind: 'no tool', tool, args: shown, called }];
  });
}

/** What is wrong with what the call came to. */
export function judgeOutcome(wanted: string | undefined, { call }: Timeline): Miss[] {
  if (wanted === undefined || call.outcome === wanted) return [];
  return [{ kind: 'other outcome', wanted, was: call.outcome }];
}
