// The rules in force: from the rules file, or from PostgreSQL if several web processes share it, so that all have the
// same rules.

import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { hasOtherProcesses, onMissedMessages, publish, subscribe } from '@/lib/cluster/pubsub';
import { sharedState } from '@/lib/cluster/shared-state';
import type { Config } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import type { Rule } from './rule';
import { readRules, requireVersion, rulesOf, rulesPath, rulesText, saveRules } from './rules-file';
import type { LoadedRules, RulesServer } from './server';

/** Key of the rules in the shared state. */
const KEY = 'all';
/** The schema's address if the rules are not in a folder. */
const SCHEMA = 'rules.schema.json';

/** The text of the rules file, shared by web processes with a database. */
const sharedRules = sharedState<{ readonly text: string }>('rules');

const keep = (server: RulesServer, text: string): LoadedRules => {
  const rules = rulesOf(text, '', server.sharedRules.rules?.rules ?? []);
  server.sharedRules.rules = rules;
  return rules;
};

/** The initial shared text: the first process's file. */
function firstText(config: Pick<Config, 'DATA_DIR'>): string {
  const path = rulesPath(config);
  return existsSync(path) ? readFileSync(path, 'utf8') : rulesText(SCHEMA, []);
}

/** Reads the rules again. @throws {Problem} 503 if they are shared and the database is unavailable */
export async function loadRules(server: RulesServer): Promise<LoadedRules> {
  const { config } = server;
  if (!hasOtherProcesses(server)) return readRules(server, rulesPath(config));
  const kept = await sharedRules.read(server, KEY);
  if (kept) return keep(server, kept.text);
  const text = await sharedRules.change(server, KEY, (before) => {
    const after = before ?? { text: firstText(config) };
    return { after, result: after.text };
  });
  return keep(server, text);
}

/**
 * Replaces the rules for all web processes.
 * @param etag version that the rules were made from
 * @throws {Problem} see `saveRules`; 503 if they are shared and the database is unavailable
 */
export async function changeRules(
  server: RulesServer,
  rules: readonly Rule[],
  etag: string,
): Promise<LoadedRules> {
  const { config } = server;
  if (!hasOtherProcesses(server)) return saveRules(server, rulesPath(config), rules, etag);
  const text = await sharedRules.change(server, KEY, (before) => {
    const now = rulesOf(before?.text ?? firstText(config), '', []);
    requireVersion(now, etag, basename(rulesPath(config)));
    const after = { text: rulesText(now.$schema ?? SCHEMA, rules) };
    return { after, result: after.text };
  });
  const saved = keep(server, text);
  publish(server, 'rules', saved.etag);
  return saved;
}

/** The rules in force in this process. */
export function activeRules(server: RulesServer): readonly Rule[] {
  if (hasOtherProcesses(server)) return server.sharedRules.rules?.rules ?? [];
  return readRules(server, rulesPath(server.config)).rules;
}

/**
 * Reads shared rules now, and whenever another process changes them. Call it once at start. Resolves when they are read
 * or could not be read.
 */
export async function followRules(server: RulesServer): Promise<void> {
  if (!hasOtherProcesses(server)) return;
  const load = async () => {
    try {
      await loadRules(server);
    } catch (error) {
      logError('rules: could not read them', error);
    }
  };
  subscribe(server, 'rules', z.string(), () => void load());
  onMissedMessages(server, 'rules', () => void load());
  await load();
}
