// Parses a rules file, or returns all its faults with their positions.
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

// Positions of values and syntax errors in a JSON text, for people who edit the file by hand. JSON.parse provides
// neither.

/** A position in a text, counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

const STRICT: ParseOptions = { disallowComments: true, allowTrailingComma: false };

/** Messages for the parser's error codes. Its types have them only as numbers (`ParseErrorCode`). */
const WORDS: Record<ParseErrorCode, string> = {
  1: 'a name or a value is missing here, or its "double quotes"',
  2: 'this is not a valid number',
  3: 'a name in "double quotes" is missing here, or there is a comma too many',
  4: 'a value is missing here, or there is a comma too many',
  5: 'a colon is missing here',
  6: 'a comma is missing here',
  7: 'a } is missing here',
  8: 'a ] is missing here',
  9: 'nothing may follow after the last }',
  10: 'JSON has no comments; remove it',
  11: 'JSON has no comments; remove it',
  12: 'this text has no closing quote on its line',
  13: 'this is not a valid number',
  14: 'this is not a valid character: use \\u and four digits',
  15: 'this is not a valid escape sequence',
  16: 'this character is not allowed in text',
};

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The first syntax error of `text`; undefined if it is valid JSON. */
function jsonFault(text: string): ({ detail: string } & Place) | undefined {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, STRICT);
  } catch (error) {
    // The parser is recursive.
    if (!(error instanceof RangeError)) throw error;
    return { detail: 'this is nested too deep', line: 1, column: 1 };
  }
  const [first] = errors;
  return first && { detail: WORDS[first.error as ParseErrorCode], ...placeAt(text, first.offset) };
}

/** The position of the value at a path, or of its closest existing parent. */
function placeOf(text: string, path: readonly PropertyKey[]): Place {
  const root = parseTree(text);
  for (let length = path.length; root && length > 0; length--) {
    const found = findNodeAtLocation(root, path.slice(0, length) as JSONPath);
    if (found) return placeAt(text, found.offset);
  }
  return placeAt(text, root?.offset ?? 0);
}

/** A fault in the file. */
export interface RulesFault {
  /** The fault, and how to fix it. */
  readonly detail: string;
  /** From 1; not set if the file could not be read. */
  readonly line?: number;
  readonly column?: number;
  /** JSON pointer to the value. */
  readonly pointer?: string;
}

/** Most faults that are returned. */
const FAULTS_MAX = 20;

/** The rules and the schema's address of a file, or its faults. */
export type ParsedRules =
  | { readonly rules: readonly Rule[]; readonly $schema?: string }
  | { readonly faults: readonly RulesFault[] };

/** Parses the text of a rules file. */
export function parseRules(written: string): ParsedRules {
  // Some editors start a file with a byte order mark.
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
  return issue.keys.map((key) => at([...issue.path, key], 'is not a field of rules'));
}
