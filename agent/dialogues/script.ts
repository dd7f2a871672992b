// Reads the dialogues: text files that somebody who does not program can write. A line that means
// nothing is an error with its place, so that an expectation misspelt is not one that always holds.

/** A tool that must be called in a turn, and what some of its arguments must be. */
export interface WantedUse {
  readonly tool: string;
  readonly args: Readonly<Record<string, string>>;
}

/** What the caller says, and what must hold of the answer. */
export interface Turn {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly caller: string;
  /** Of each list, the answer has one in it. */
  readonly says: readonly (readonly string[])[];
  readonly never: readonly string[];
  readonly uses: readonly WantedUse[];
  readonly asks: boolean;
  readonly usesNothing: boolean;
  readonly mayRepeat: boolean;
  readonly ends: boolean;
}

/** An appointment that is in the diary when a dialogue begins. */
interface BookedBefore {
  /** ISO date. */
  readonly day: string;
  /** "15:00". */
  readonly time: string;
  readonly name: string;
  /** With whom. */
  readonly person: string;
}

/** One conversation. */
export interface Dialogue {
  readonly title: string;
  /** What callers booked before it. */
  readonly booked: readonly BookedBefore[];
  /** How many of its first turns are also held by voice. */
  readonly spoken: number;
  readonly turns: readonly Turn[];
}

type Draft = { -readonly [Key in keyof Turn]: Turn[Key] };

const turn = (caller: string, line: number): Draft => ({
  line,
  caller,
  says: [],
  never: [],
  uses: [],
  asks: false,
  usesNothing: false,
  mayRepeat: false,
  ends: false,
});

/** "bookAppointment day 2026-11-26, name Ben" */
function parseUse(text: string): WantedUse {
  const [, tool = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  const pairs = rest ? rest.split(',').map((pair) => /^\s*(\S+)\s+(.+?)\s*$/.exec(pair)) : [];
  return {
    tool,
    args: Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''])),
  };
}

/** "booked: 2026-11-24 15:00 Anna Smith with Doctor Lee" */
function parseBooked(text: string): BookedBefore | undefined {
  const line = /^booked: (\d{4}-\d\d-\d\d) (\d\d:\d\d) (.+) with (.+)$/.exec(text);
  const [, day = '', time = '', name = '', person = ''] = line ?? [];
  return line ? { day, time, name, person } : undefined;
}

/** Adds one indented line to its turn; false where it means nothing. */
function expectation(draft: Draft, text: string): boolean {
  const [, word, rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (word === 'says' && rest) draft.says = [...draft.says, rest.split(' / ')];
  else if (word === 'never' && rest) draft.never = [...draft.never, rest];
  else if (text === 'does nothing') draft.usesNothing = true;
  else if (word === 'does' && rest) draft.uses = [...draft.uses, parseUse(rest)];
  else if (text === 'asks') draft.asks = true;
  else if (text === 'again') draft.mayRepeat = true;
  else if (text === 'ends') draft.ends = true;
  else return false;
  return true;
}

/**
 * The dialogues of one file.
 * @throws {Error} that names the line which means nothing.
 */
export function parseDialogues(text: string): Dialogue[] {
  const found: { title: string; spoken: number; booked: BookedBefore[]; turns: Draft[] }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (!line) continue;
    const dialogue = found.at(-1);
    if (raw.startsWith('# ')) {
      found.push({ title: raw.slice(2), spoken: 0, booked: [], turns: [] });
      continue;
    }
    const spoken = /^voice: (\d+)$/.exec(line);
    const last = dialogue?.turns.at(-1);
    const booked = parseBooked(line);
    if (dialogue && spoken) dialogue.spoken = Number(spoken[1]);
    else if (dialogue && booked) dialogue.booked.push(booked);
    else if (dialogue && raw === raw.trimStart()) dialogue.turns.push(turn(line, index + 1));
    else if (!last || !expectation(last, line)) {
      throw new Error(`Line ${index + 1} means nothing here: ${line}`);
    }
  }
  return found;
}
