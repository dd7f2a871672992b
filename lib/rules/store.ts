// The rules in the database: one JSON text that all web processes share. Every token and webhook needs them, so each process
// keeps those in force in memory.

import { createHash } from 'node:crypto';
import { requireDeployment } from '@/lib/agents/deployment';
import { listedAgents } from '@/lib/agents/registry';
import { publish } from '@/lib/cluster/pubsub';
import { sharedState } from '@/lib/cluster/shared-state';
import { issueWords } from '@/lib/core/issue-words';
import { Problem, pointer } from '@/lib/core/problem';
import type { SavedRules } from '@/lib/rules/answer';
import { ruleLog } from '@/lib/rules/log';
import { type Rule, rule, storedRules, unknownIn } from '@/lib/rules/rule';
import type { RulesServer } from '@/lib/rules/server';

/** Key of the rules in the shared state. */
const KEY = 'all';
/** The text, and not its value: earlier versions store it too, and JSONB would sort the conditions. */
const state = sharedState<{ readonly text: string }>('rules', { outlivesProcess: true });

/** ETag while none were ever saved. */
export const NO_RULES = '"none"';

const etagOf = (text: string | undefined): string =>
  text === undefined
    ? NO_RULES
    : `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;

function parse(text: string | undefined): readonly Rule[] {
  if (text === undefined) return [];
  try {
    return storedRules.parse(JSON.parse(text.trim())).rules;
  } catch (error) {
    // Earlier versions stored what was in the file.
    ruleLog.error(
      'the stored rules are invalid, and none applies until they are saved again',
      error,
    );
    return [];
  }
}

/** Those that can be applied. The others are logged, and those of agents that are not listed now. */
function applicable(server: RulesServer, rules: readonly Rule[]): readonly Rule[] {
  const log = ({ name }: Rule, path: readonly PropertyKey[], why: string) =>
    ruleLog.error(`${JSON.stringify(name)} is not applied: ${pointer(...path)} ${why}`);
  const valid = rules.filter((one) => {
    const wrong = rule.safeParse(one, { error: issueWords }).error?.issues[0];
    if (wrong) log(one, wrong.path, wrong.message);
    return !wrong;
  });
  for (const one of valid) {
    for (const [path, why] of unknownIn(one, listedAgents(server))) log(one, path, why);
  }
  return valid;
}

/** The rules that apply now: those whose agent and deployments are listed. */
export function rulesInForce(server: RulesServer): readonly Rule[] {
  const agents = listedAgents(server);
  return server.rules.inForce.filter((one) => [...unknownIn(one, agents)].length === 0);
}

/**
 * Reads the rules, and puts them in force in this process. A response that arrives after that of a later request is older
 * and does not.
 * @throws {Problem} 503 if the database is unavailable; the rules in force then stay
 */
export async function loadRules(server: RulesServer): Promise<SavedRules> {
  const now = server.rules;
  now.asked += 1;
  const own = now.asked;
  const text = (await state.read(server, KEY))?.text;
  const stored = { rules: parse(text), etag: etagOf(text) };
  if (own > now.read) {
    now.read = own;
    if (stored.etag !== now.etag) now.inForce = applicable(server, stored.rules);
    now.etag = stored.etag;
  }
  return stored;
}

/**
 * Replaces the rules, for all web processes.
 * @param etag version that the rules were made from
 * @throws {Problem} 412 if they have changed since, 422 for a deployment that LiveKit refuses, 503 if the database is
 * unavailable
 */
export async function changeRules(
  server: RulesServer,
  rules: readonly Rule[],
  etag: string,
): Promise<SavedRules> {
  const { config } = server;
  for (const [at, { then }] of rules.entries()) {
    requireDeployment(config, then.deployment, pointer('rules', at, 'then', 'deployment'));
    const other = then.share?.deployment ?? '';
    requireDeployment(config, other, pointer('rules', at, 'then', 'share', 'deployment'));
  }
  const text = JSON.stringify({ rules });
  const saved = { rules, etag: etagOf(text) };
  await state.change(server, KEY, (before) => {
    if (etagOf(before?.text) !== etag) {
      throw new Problem('changed-elsewhere', 'The rules were changed elsewhere. Reload them.');
    }
    return { after: { text }, result: undefined };
  });
  publish(server, 'rules', saved.etag);
  await loadRules(server);
  return saved;
}
