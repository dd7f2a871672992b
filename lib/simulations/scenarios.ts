// Scenarios: a test caller, what the caller says, and what must follow. The files in `simulations/scenarios/` are shared by
// the runner and the page. People who do not program write them, so the field names are everyday words, and errors name the
// file and line, so that a misspelled field is not silently ignored.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { z } from 'zod';
import { isBlank } from '@/lib/core/blank';
import { issueWords } from '@/lib/core/issue-words';

/** Voices of the built-in text to speech: one female, three male. */
const VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;
const BACKGROUNDS = ['quiet', 'street'] as const;
/** Sounds other than words. */
const NOISES = ['cough', 'door', 'dishes', 'car'] as const;

/** Default seconds within which a response must begin: people ask "hello?" by then. */
export const WITHIN = 8;

const voice = z.enum(VOICES);
/** Most characters of a line. */
export const WORDS_MAX = 500;
/** Most lines of a caller. */
export const LINES_MAX = 40;

const words = z
  .string()
  .trim()
  .min(1)
  .max(WORDS_MAX)
  .refine((text) => !isBlank(text), 'is blank');
const seconds = z.number().positive().max(60);
const phrases = z.array(words).max(20);
const tool = z
  .record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
  .optional()
  .describe('Tools that must be called, each with some of its arguments. A date may be a weekday.');

const line = z
  .strictObject({
    say: words.optional().describe('What the caller says. "…" is a pause.'),
    noise: z.enum(NOISES).optional().describe('A sound of the caller other than words.'),
    wait: seconds.optional().describe('Seconds for which the caller is silent.'),
    over: z.boolean().optional().describe('Said while the agent is still speaking.'),
    voice: voice.optional().describe("Said by another person at the caller's telephone."),
    beside: z
      .strictObject({ say: words, voice })
      .optional()
      .describe('Another person who speaks at the same time.'),
    hear: phrases.optional().describe('What the agent must say. " / " separates alternatives.'),
    never: phrases.optional().describe('What the agent must not say.'),
    within: seconds
      .optional()
      .describe(`Seconds within which the response must begin; ${WITHIN} by default.`),
    tool,
    agent: z.string().optional().describe('The agent to which the caller must be handed off.'),
    hangUp: z.boolean().optional().describe('The caller hangs up without waiting for a response.'),
  })
  .refine(({ say, noise, wait, hear, hangUp }) => say || noise || wait || hear || hangUp, {
    message: 'must say, wait, make a noise, hear something or hang up',
  });

/** Default for the most lines of a caller with a goal: a call of some minutes. */
const LINES = 10;

const goal = z
  .strictObject({
    wants: z.string().trim().min(1).max(2_000).describe('What the caller wants, and knows.'),
    manner: words
      .optional()
      .describe('How the caller behaves: in a hurry, forgetful, hard of hearing.'),
    lines: z
      .number()
      .int()
      .min(1)
      .max(LINES_MAX)
      .default(LINES)
      .describe('Most lines of the caller.'),
    within: seconds
      .optional()
      .describe(`Seconds within which each response must begin; ${WITHIN} by default.`),
    tool,
  })
  .describe('Instead of a talk: a language model plays the caller.');

/** The schema of a scenario file. A caller has either lines or a goal. */
export const scenario = z
  .strictObject({
    $schema: z.string().optional(),
    title: words.max(80).describe('What happens, in a few words.'),
    agent: z.string().describe('Name of the agent to call.'),
    caller: z
      .strictObject({
        voice: voice.default('rms'),
        speed: z.number().min(0.5).max(2).default(1).describe("1 is the voice's normal speed."),
        pause: z.number().min(0.1).max(5).default(0.8).describe('Seconds of each "…".'),
        background: z.enum(BACKGROUNDS).default('quiet'),
        loudness: z.number().min(0.1).max(3).default(1).describe('1 is as loud as the agent.'),
        atOnce: z.boolean().default(false).describe('Speaks before the agent has joined.'),
        badLine: z
          .strictObject({
            lostPercent: z.number().min(0).max(60).default(0),
            jitterMs: z.number().min(0).max(400).default(0),
          })
          .optional()
          .describe('Audio packets that are lost or delayed.'),
      })
      .prefault({}),
    talk: z.array(line).min(1).max(LINES_MAX).optional(),
    goal: goal.optional(),
    criteria: phrases
      .optional()
      .describe('What must be true of the call. A language model judges by the transcript.'),
    outcome: words
      .optional()
      .describe('The expected outcome of the call: one of its agent, "handed off" or "none".'),
  })
  .refine(({ talk, goal }) => (talk === undefined) !== (goal === undefined), {
    message: 'must have either talk (lines) or goal',
  })
  .transform(({ talk = [], ...others }) => ({ ...others, talk }));

type Scenario = z.output<typeof scenario>;
export type ScenarioLine = Scenario['talk'][number];
export type ScenarioGoal = NonNullable<Scenario['goal']>;

/** A scenario and its file. */
export interface ScenarioFile extends Scenario {
  /** Name of its file without extension; unique. */
  readonly name: string;
  /** Name of its folder in `simulations/scenarios/`. */
  readonly group: string;
}

/** The scenarios' folder, relative to the project's root. */
const FOLDER = 'simulations/scenarios';
/** File name extension of scenarios. */
export const ENDING = '.jsonc';

/** An invalid scenario file or an unknown name. The message says how to fix it. */
export class ScenarioError extends Error {}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/**
 * Parses a scenario file.
 * @param place its path: `group/name.jsonc`
 * @throws {ScenarioError} that names each invalid line
 */
export function parseScenario(text: string, place: string): ScenarioFile {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!tree || first) {
    const what = first ? printParseErrorCode(first.error) : 'the file is empty';
    throw new ScenarioError(`${place}, line ${lineOf(text, first?.offset ?? 0)}: ${what}`);
  }
  const parsed = scenario.safeParse(getNodeValue(tree), { error: issueWords });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const path = [...issue.path, ...key].filter((part) => typeof part !== 'symbol');
      const node = findNodeAtLocation(tree, path) ?? tree;
      const field = path.length > 0 ? `${path.join('.')}: ` : '';
      return `${place}, line ${lineOf(text, node.offset)}: ${field}${issue.message}`;
    });
    throw new ScenarioError(faults.join('\n'));
  }
  const [group = ''] = place.split('/');
  return { ...parsed.data, name: basename(place, ENDING), group };
}

function readGroup(folder: string): readonly ScenarioFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) =>
      parseScenario(readFileSync(join(folder, file), 'utf8'), `${basename(folder)}/${file}`),
    );
}

/**
 * All scenarios of a folder and its subfolders, sorted by path.
 * @throws {ScenarioError}
 */
export function readScenarios(folder = FOLDER): readonly ScenarioFile[] {
  const root = resolve(/* turbopackIgnore: true */ folder);
  if (!existsSync(root)) throw new ScenarioError(`The folder ${folder} does not exist.`);
  const groups = readdirSync(root, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => join(root, name))
    .sort();
  const all = [root, ...groups].flatMap(readGroup);
  if (all.length === 0) throw new ScenarioError(`${folder} has no scenario (*${ENDING}).`);
  const twice = all.find(({ name }, at) => all.findIndex((other) => other.name === name) < at);
  if (twice) throw new ScenarioError(`Two files are named ${twice.name}. Rename one of them.`);
  return all;
}

/**
 * The scenarios with these names, each a scenario's or a folder's; all if there are no names.
 * @throws {ScenarioError} that lists the valid names
 */
export function selectScenarios(
  all: readonly ScenarioFile[],
  names: readonly string[],
): readonly ScenarioFile[] {
  const known = new Set(all.flatMap(({ name, group }) => [name, group]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new ScenarioError(
      `Unknown scenario ${unknown}. Valid names: ${[...known].sort().join(', ')}.`,
    );
  }
  if (names.length === 0) return all;
  return all.filter(({ name, group }) => names.includes(name) || names.includes(group));
}
