// Holds one written dialogue with an agent in text, and tells all that was not as it must be: every
// turn is played, so that one reading shows everything that is wrong.
import type { Talk } from '../brains/testing/talk';
import { broken } from './rules';
import type { Dialogue, Turn, WantedUse } from './script';

/** A tool that ran. */
interface Use {
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** Tools that change something in the world. */
const EFFECTS = new Set(['bookAppointment', 'cancelAppointment', 'takeMessage', 'handOver']);

/** Words that ask, or offer something to say or do. */
const GOES_ON =
  /\?|\byou (?:can|could)\b|\bI can\b|\bask me\b|\bsay (?:yes|no|for|so)\b|\btell me\b|\btake your time\b|\bplease (?:hang up|call)\b|\bmoment\b|\bjust say\b/i;

const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

const fits = (use: Use, { tool, args }: WantedUse) =>
  use.name === tool &&
  Object.entries(args).every(
    ([key, value]) => String(use.args[key]).toLowerCase() === value.toLowerCase(),
  );

/** What of the words in an answer is not as the turn wants it. */
export function wrongWords(turn: Turn, text: string): string[] {
  return [
    ...turn.says
      .filter((ways) => !ways.some((way) => has(text, way)))
      .map((ways) => `does not say ${ways.join(' / ')}`),
    ...turn.never.filter((part) => has(text, part)).map((part) => `says ${part}`),
    ...(turn.asks && !GOES_ON.test(text) ? ['neither asks nor offers anything'] : []),
  ];
}

/** What of the tools that ran in a turn is not as it wants it. */
function wrongUses(turn: Turn, uses: readonly Use[]): string[] {
  const shown = uses.map(({ name, args }) => `${name} ${JSON.stringify(args)}`).join(', ');
  const missing = turn.uses
    .filter((wanted) => !uses.some((use) => fits(use, wanted)))
    .map(({ tool, args }) => `does not ${tool} ${JSON.stringify(args)}, but ${shown || 'nothing'}`);
  const effect = turn.usesNothing && uses.some(({ name }) => EFFECTS.has(name));
  const ended = turn.ends && !uses.some(({ name }) => name === 'endCall');
  return [
    ...missing,
    ...(effect ? [`must do nothing, but ${shown}`] : []),
    ...(ended ? ['does not end the call'] : []),
  ];
}

/**
 * Plays a dialogue.
 * @param file named where something is wrong
 * @returns what is wrong, a line for each; empty where all is as it must be
 */
export async function hold(dialogue: Dialogue, talk: Talk, file: string): Promise<string[]> {
  const problems: string[] = [];
  let before = '';
  for (const turn of dialogue.turns) {
    const used = talk.used.length;
    const text = await talk.say(turn.caller);
    const uses = talk.used.slice(used);
    const over = uses.some(({ name }) => name === 'endCall' || name === 'handOver');
    const wrong = [
      ...wrongWords(turn, text),
      ...wrongUses(turn, uses),
      ...broken({ text, before, mayRepeat: turn.mayRepeat, over }),
    ];
    const where = `${file}:${turn.line} "${turn.caller}" → "${text}"`;
    problems.push(...wrong.map((what) => `${where}: ${what}`));
    before = text;
  }
  return problems;
}
