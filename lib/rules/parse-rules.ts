// The text of a rules file as rules, or everything that is wrong with it, each with its place.
import {
  findNodeAtLocation,
  type JSONPath,
  type ParseError,
  type ParseErrorCode,
  type ParseOptions,
  parseTree,
} from 'jsonc-parser';
import type { z } from 'zod';
import { pointer } from '@/lib/core/problem';
import { type Rule, rulesFile } from './rule';

// Where in a JSON text a value stands, and where and why a text is not JSON: for people who wrote the
// file by hand. JSON.parse tells neither.

/** A place in a text, both counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

const STRICT: ParseOptions = { disallowComments: true, allowTrailingComma: false };

/** The parser's codes in words. They are numbers in its types only (`ParseErrorCode`). */
const WORDS: Record<ParseErrorCode, string> = {
  1: 'a name or a value is missing here, or its "double quotes"',
  2: 'this is not how a number is written',
  3: 'a name in "double quotes" is missing here, or there is a comma too many',
  4: 'a value is missing here, or there is a comma too many',
  5: 'a colon is missing here',
  6: 'a comma is missing here',
  7: 'a } is missing here',
  8: 'a ] is missing here',
  9: 'nothing may follow after the last }',
  10: 'JSON has no comments: take it out',
  11: 'JSON has no comments: take it out',
  12: 'this text has no closing quote on its line',
  13: 'this is not how a number is written',
  14: 'this is not how a character is written: \\u and four digits',
  15: 'no such letter may follow a \\ in text',
  16: 'this character must not stand in text',
};

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Why and where `text` is not JSON; undefined where it is. */
function jsonFault(text: string): ({ detail: string } & Place) | undefined {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, STRICT);
  } catch (error) {
    // The parser calls itself at each level.
    if (!(error instanceof RangeError)) throw error;
    return { detail: 'this is nested too deep', line: 1, column: 1 };
  }
  const [first] = errors;
  return first && { detail: WORDS[first.error as ParseErrorCode], ...placeAt(text, first.offset) };
}

/** The place of the value at a path in a JSON text, or of the nearest one around it. */
function placeOf(text: string, path: readonly PropertyKey[]): Place {
  const root = parseTree(text);
  for (let length = path.length; root && length > 0; length--) {
    const found = findNodeAtLocation(root, path.slice(0, length) as JSONPath);
    if (found) return placeAt(text, found.offset);
  }
  return placeAt(text, root?.offset ?? 0);
}

/** One thing that is wrong in the file. */
export interface RulesFault {
  /** What, and how to mend it. */
  readonly detail: string;
  /** From 1; not set where the file could not be read at all. */
  readonly line?: number;
  readonly column?: number;
  /** The value it speaks of, as a JSON pointer. */
  readonly pointer?: string;
}

/** Most faults told at once. */
const FAULTS_MAX = 20;

/** What a file comes to: rules, and the address of its schema as written there; or its faults. */
export type ParsedRules =
  | { readonly rules: readonly Rule[]; readonly $schema?: string }
  | { readonly faults: readonly RulesFault[] };

/** Parses the text of a rules file. */
export function parseRules(written: string): ParsedRules {
  // Some editors begin a file with this invisible mark.
  const text = written.replace(/^\uFEFF/, '');
  if (text.trim() === '') return { rules: [] };
  const fault = jsonFault(text);
  if (fault) return { faults: [fault] };
  const parsed = rulesFile.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, text));
  return { faults: faults.slice(0, FAULTS_MAX) };
}

function faultsOf(issue: z.core.$ZodIssue, text: string): RulesFault[] {
  const at = (path: readonly PropertyKey[], detail: string) => ({
    detail,
    pointer: pointer(...path),
    ...placeOf(text, path),
  });
  if (issue.code !== 'unrecognized_keys') return [at(issue.path, issue.message)];
  return issue.keys.map((key) => at([...issue.path, key], 'is not a field that rules have'));
}
