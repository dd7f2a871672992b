// HTTP client for rules.
import { pageMessages } from '@/components/language/page-messages';
import { rulesMessages } from '@/lib/messages/rules';
import type { RulesFault } from '@/lib/rules/parse-rules';
import type { Rule } from '@/lib/rules/rule';

/** The active rules and their file. */
export interface RulesNow {
  readonly file: string;
  readonly etag: string;
  readonly rules: readonly Rule[];
  readonly faults: readonly RulesFault[];
}

/** An error at a place of the request, as a JSON pointer. */
export interface PlacedError {
  readonly pointer: string;
  readonly detail: string;
}

/** An error of loading or saving. */
export class RulesProblem extends Error {
  constructor(
    detail: string,
    /** HTTP status; 0 without a response. */
    readonly status: number,
    readonly errors: readonly PlacedError[] = [],
  ) {
    super(detail);
  }
}

/** Status of a change that is based on an older version. */
export const CHANGED = 412;

async function ask(init: RequestInit): Promise<RulesNow> {
  const { rulesText } = pageMessages(rulesMessages);
  const response = await fetch('/api/rules', { cache: 'no-store', ...init }).catch(() => {
    throw new RulesProblem(rulesText.failed.unreachable, 0);
  });
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const detail = body.detail ?? rulesText.failed.unreachable;
  throw new RulesProblem(detail, response.status, body.errors ?? []);
}

/** @throws {RulesProblem} */
export const loadRules = () => ask({});

/**
 * Saves all rules, based on a version.
 * @throws {RulesProblem}
 */
export const saveRules = (rules: readonly Rule[], etag: string) =>
  ask({
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': etag },
    body: JSON.stringify({ rules }),
  });
