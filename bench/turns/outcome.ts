// What came of each sound, and of all of them: a row of the table.
import type { Overlap, OverlapRow } from './interruptions';
import type { Take } from './sounds';
import type { Decision } from './turn';

/** A sound, and when its turns were taken to be over. */
export interface Outcome {
  readonly take: Take;
  readonly decisions: readonly Decision[];
}

/** All sounds of a set with one way of deciding. Delays are milliseconds. */
export interface Row {
  readonly name: string;
  readonly set: string;
  readonly takes: number;
  /** Turns that were cut into. */
  readonly cutIns: number;
  readonly cutInPercent: number;
  /** Turns whose end was not found. */
  readonly missed: number;
  readonly median: number;
  readonly p90: number;
  /** The same by kind of utterance: cut-ins of how many, and the median. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** The value below which that share of sorted values lies. */
export const at = (values: readonly number[], share: number) =>
  values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** Values in whole numbers, the smallest first. */
export const sorted = (values: readonly number[]) => values.map(Math.round).sort((a, b) => a - b);

const early = ({ take, decisions }: Outcome) =>
  decisions.filter((decision) => decision.at < (take.ends ?? Number.POSITIVE_INFINITY)).length;

/** Milliseconds from the end of what was said to the decision after it. */
function delay({ take, decisions }: Outcome): number | undefined {
  const { ends } = take;
  if (ends === undefined) return undefined;
  const found = decisions.find((decision) => decision.at >= ends);
  return found && found.at - ends;
}

function delays(outcomes: readonly Outcome[]): number[] {
  return sorted(outcomes.flatMap((outcome) => delay(outcome) ?? []));
}

/** The row of a set. */
export function summary(name: string, set: string, outcomes: readonly Outcome[]): Row {
  const cut = (some: readonly Outcome[]) => some.filter((outcome) => early(outcome) > 0).length;
  const kinds = [...new Set(outcomes.map(({ take }) => take.kind))].map((kind) => {
    const some = outcomes.filter(({ take }) => take.kind === kind);
    return [kind, `${cut(some)} of ${some.length}, ${at(delays(some), 0.5)} ms`] as const;
  });
  return {
    name,
    set,
    takes: outcomes.length,
    cutIns: cut(outcomes),
    cutInPercent: Math.round((cut(outcomes) / outcomes.length) * 1_000) / 10,
    missed: outcomes.filter((outcome) => delay(outcome) === undefined).length,
    median: at(delays(outcomes), 0.5),
    p90: at(delays(outcomes), 0.9),
    kinds: Object.fromEntries(kinds),
  };
}

const write = (line: string) => process.stdout.write(`${line}\n`);

/** To the terminal. */
export const print = {
  each(name: string, outcome: Outcome): void {
    const { take, decisions } = outcome;
    const said = decisions.map(
      ({ at: when, words }) => `${Math.round(when - (take.ends ?? 0))}: "${words}"`,
    );
    const verdict = early(outcome) > 0 ? 'CUT ' : delay(outcome) === undefined ? 'MISS' : 'ok  ';
    write(`${verdict} ${name} | ${take.name} | ${said.join(' / ')}`);
  },
  table(rows: readonly Row[]): void {
    const width = Math.max(...rows.map(({ name }) => name.length));
    const cell = (text: string | number) => `${text}`.padStart(9);
    write(
      `\n${''.padEnd(width)}  ${['set', 'turns', 'cut in %', 'median ms', 'p90 ms', 'missed'].map(cell).join(' ')}`,
    );
    for (const { name, set, takes, cutInPercent, median, p90, missed } of rows) {
      const cells = [set, takes, cutInPercent, median, p90, missed].map(cell).join(' ');
      write(`${name.padEnd(width)}  ${cells}`);
    }
  },
  overlap({ take, paused, resumed, words, turn }: Overlap): void {
    const shown = (ms: number | undefined) => (ms === undefined ? '-' : Math.round(ms));
    const what = turn ? 'STOP' : '    ';
    write(
      `${what} ${take.kind} | ${take.name} | ${shown(paused)} to ${shown(resumed)}: "${words}"`,
    );
  },
  overlaps(rows: readonly OverlapRow[]): void {
    const cell = (text: string | number) => `${text}`.padStart(9);
    const heads = ['sounds', 'stopped', 'paused', 'median ms', 'p90 ms', 'pause ms'];
    write(`\n${'while the agent talks'.padEnd(22)} ${heads.map(cell).join(' ')}`);
    for (const { kind, sounds, stopped, paused, median, p90, pauseMs } of rows) {
      const cells = [sounds, stopped, paused, median, p90, pauseMs].map(cell).join(' ');
      write(`${kind.padEnd(22)} ${cells}`);
    }
  },
};
