// Reads the rehearsals from their folder, each checked, with the place of whatever is wrong: a field
// misspelt is not one that always holds.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type FiledRehearsal, rehearsal } from './rehearsal';

/** Where rehearsals are kept: from the root of the software, as it is started. */
const FOLDER = 'rehearsals';
const ENDING = '.jsonc';

/** Files that are no rehearsals, or names that there are not; the message says how to mend it. */
export class RehearsalError extends Error {}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/**
 * One rehearsal from its text.
 * @param place where it stands: `group/name.jsonc`
 * @throws {RehearsalError} that names each wrong line
 */
export function parseRehearsal(text: string, place: string): FiledRehearsal {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!tree || first) {
    const what = first ? printParseErrorCode(first.error) : 'nothing in it';
    throw new RehearsalError(`${place}, line ${lineOf(text, first?.offset ?? 0)}: ${what}`);
  }
  const parsed = rehearsal.safeParse(getNodeValue(tree));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const path = [...issue.path, ...key].filter((part) => typeof part !== 'symbol');
      const node = findNodeAtLocation(tree, path) ?? tree;
      return `${place}, line ${lineOf(text, node.offset)}: ${[...(path.length > 0 ? [path.join('.')] : []), issue.message].join(': ')}`;
    });
    throw new RehearsalError(faults.join('\n'));
  }
  const [group = ''] = place.split('/');
  return { ...parsed.data, name: basename(place, ENDING), group };
}

/** The rehearsals that stand in a folder itself. */
function readGroup(folder: string): readonly FiledRehearsal[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) =>
      parseRehearsal(readFileSync(join(folder, file), 'utf8'), `${basename(folder)}/${file}`),
    );
}

/**
 * All rehearsals, in the order of folders and files: those of a folder, and of the folders in it.
 * @throws {RehearsalError}
 */
export function readRehearsals(folder = FOLDER): readonly FiledRehearsal[] {
  const root = resolve(/* turbopackIgnore: true */ folder);
  if (!existsSync(root)) throw new RehearsalError(`There is no folder ${folder}.`);
  const groups = readdirSync(root, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => join(root, name))
    .sort();
  const all = [root, ...groups].flatMap(readGroup);
  if (all.length === 0) throw new RehearsalError(`No rehearsal (*${ENDING}) is in ${folder}.`);
  const twice = all.find(({ name }, at) => all.findIndex((other) => other.name === name) < at);
  if (twice) throw new RehearsalError(`Two files are named ${twice.name}. Give one another name.`);
  return all;
}

/**
 * Those of these names, each a rehearsal's or a folder's; all where none is named.
 * @throws {RehearsalError} that lists the names there are
 */
export function chosenRehearsals(
  all: readonly FiledRehearsal[],
  names: readonly string[],
): readonly FiledRehearsal[] {
  const known = new Set(all.flatMap(({ name, group }) => [name, group]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new RehearsalError(
      `There is no rehearsal ${unknown}. There are: ${[...known].sort().join(', ')}.`,
    );
  }
  if (names.length === 0) return all;
  return all.filter(({ name, group }) => names.includes(name) || names.includes(group));
}
