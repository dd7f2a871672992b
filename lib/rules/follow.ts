// Puts the rules in force when the process starts, and again whenever another one changes them. Earlier versions kept them in a
// file, which is imported once.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ListedAgent } from '@/lib/agents/agent';
import { listedAgents } from '@/lib/agents/registry';
import { follow } from '@/lib/cluster/pubsub';
import { isProblem } from '@/lib/core/problem';
import { parseJson } from '@/lib/http/read-json';
import { ruleLog } from '@/lib/rules/log';
import { newRulesDocument, type Rule } from '@/lib/rules/rule';
import type { RulesServer } from '@/lib/rules/server';
import { changeRules, loadRules, NO_RULES } from '@/lib/rules/store';

/** The rules in a file. @throws {Error} that says what is wrong with it */
function readFile(path: string, agents: readonly ListedAgent[]): readonly Rule[] {
  // Also removes a byte order mark.
  const text = readFileSync(path, 'utf8').trim() || '{"rules":[]}';
  // Its error says where the text is no JSON.
  JSON.parse(text);
  return parseJson(text, newRulesDocument(agents)).rules;
}

/**
 * Imports `rules.json` if no rules were ever saved, and renames it. A file that is invalid, or comes too late, is left and
 * logged.
 * @throws {Problem} 503 if the database is unavailable
 */
async function importFile(server: RulesServer): Promise<void> {
  const path = resolve(/* turbopackIgnore: true */ server.config.DATA_DIR, 'rules.json');
  if (!existsSync(path)) return;
  const leave = (why: string, error?: unknown) =>
    ruleLog.error(`${path} was not imported. ${why}`, error);
  const late = () =>
    leave('The database already has rules. Delete the file, or send its rules to PUT /api/rules.');
  if ((await loadRules(server)).etag !== NO_RULES) return late();
  let rules: readonly Rule[];
  try {
    rules = readFile(path, listedAgents(server));
  } catch (error) {
    return leave('Correct it and restart, or send the rules to PUT /api/rules', error);
  }
  try {
    await changeRules(server, rules, NO_RULES);
  } catch (error) {
    if (isProblem(error) && error.kind === 'changed-elsewhere') return late();
    throw error;
  }
  const imported = path.replace(/\.json$/, '.imported.json');
  try {
    renameSync(path, imported);
    ruleLog.info(`${path} was imported into the database, and is now ${imported}`);
  } catch (error) {
    ruleLog.error(`${path} was imported into the database, and is no longer read`, error);
  }
}

/**
 * Reads the rules now, and whenever another process changes them. Resolves when they are read or could not be read: then
 * it tries again until they are.
 * @returns a function that stops trying
 */
export function followRules(server: RulesServer): Promise<() => void> {
  let imported: Promise<void> | undefined;
  const load = async () => {
    imported ??= importFile(server);
    await imported.catch((error) => {
      imported = undefined;
      throw error;
    });
    await loadRules(server);
  };
  return follow(server, 'rules', load, (error) => {
    const until = server.rules.etag ? 'the last ones stay in force' : 'none applies';
    ruleLog.error(`could not read them; ${until} until the database answers`, error);
  });
}
