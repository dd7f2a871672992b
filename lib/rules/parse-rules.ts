// The text of a rules file as rules, or everything that is wrong with it, each with its place.
import type { z } from 'zod';
import { pointer } from '../problem';
import { jsonFault, placeOf } from './json-places';
import { type Rule, rulesFile } from './rule';

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
