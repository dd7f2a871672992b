// Reads and validates the scenario files. Errors name the file and line, so that a misspelled field is not silently
// ignored.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type ScenarioFile, scenario } from './scenario';

/** The scenarios' folder, relative to the project's root. */
const FOLDER = 'simulations/scenarios';
const ENDING = '.jsonc';

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
  const parsed = scenario.safeParse(getNodeValue(tree));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const path = [...issue.path, ...key].filter((part) => typeof part !== 'symbol');
      const node = findNodeAtLocation(tree, path) ?? tree;
      return `${place}, line ${lineOf(text, node.offset)}: ${[...(path.length > 0 ? [path.join('.')] : []), issue.message].join(': ')}`;
    });
    throw new ScenarioError(faults.join('\n'));
  }
  const [group = ''] = place.split('/');
  return { ...parsed.data, name: basename(place, ENDING), group };
}

/** The scenarios directly in a folder. */
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
