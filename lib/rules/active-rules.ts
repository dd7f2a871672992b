// The rules in force: from the rules file, or from PostgreSQL if several web processes share it, so that all have the
// same rules.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { onMissedMessages, publish, subscribe } from '@/lib/cluster/pubsub';
import { sharedState } from '@/lib/cluster/shared-state';
import type { Config } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import type { Rule } from './rule';
import {
  type LoadedRules,
  readRules,
  requireVersion,
  rulesOf,
  rulesPath,
  rulesText,
  saveRules,
} from './rules-file';

type Where = Pick<Config, 'DATA_DIR' | 'DATABASE_URL'>;

/** Key of the rules in the shared state. */
const KEY = 'all';
/** The schema's address if the rules are not in a folder. */
const SCHEMA = 'rules.schema.json';

const loaded = processSingleton('shared-rules', (): { rules?: LoadedRules } => ({}));

/** The text of the rules file, shared by web processes with a database. */
const sharedRules = sharedState<{ readonly text: string }>('rules');

const areShared = ({ DATABASE_URL }: Where) => Boolean(DATABASE_URL);

const keep = (text: string): LoadedRules => {
  const rules = rulesOf(text, '', loaded().rules?.rules ?? []);
  loaded().rules = rules;
  return rules;
};

/** The initial shared text: the first process's file. */
function firstText(config: Where): string {
  const path = rulesPath(config);
  return existsSync(path) ? readFileSync(path, 'utf8') : rulesText(SCHEMA, []);
}

/** Reads the rules again. @throws {Problem} 503 if they are shared and the database is unavailable */
export async function loadRules(config: Where): Promise<LoadedRules> {
  if (!areShared(config)) return readRules(rulesPath(config));
  const kept = await sharedRules.read(KEY);
  if (kept) return keep(kept.text);
  const text = await sharedRules.change(KEY, (before) => {
    const after = before ?? { text: firstText(config) };
    return { after, result: after.text };
  });
  return keep(text);
}

/**
 * Replaces the rules for all web processes.
 * @param etag version that the rules were made from
 * @throws {Problem} see `saveRules`; 503 if they are shared and the database is unavailable
 */
export async function changeRules(
  config: Where,
  rules: readonly Rule[],
  etag: string,
): Promise<LoadedRules> {
  if (!areShared(config)) return saveRules(rulesPath(config), rules, etag);
  const text = await sharedRules.change(KEY, (before) => {
    const now = rulesOf(before?.text ?? firstText(config), '', []);
    requireVersion(now, etag, basename(rulesPath(config)));
    const after = { text: rulesText(now.$schema ?? SCHEMA, rules) };
    return { after, result: after.text };
  });
  const saved = keep(text);
  publish('rules', saved.etag);
  return saved;
}

/**
 * The rules in force in this process.
 * @throws {ConfigError} if settings are invalid.
 */
export function activeRules(): readonly Rule[] {
  const config = serverConfig();
  if (areShared(config)) return loaded().rules?.rules ?? [];
  return readRules(rulesPath(config)).rules;
}

/**
 * Reads shared rules now, and whenever another process changes them. Call it once at start. Resolves when they are read
 * or could not be read.
 */
export async function followRules(): Promise<void> {
  const config = serverConfig();
  if (!areShared(config)) return;
  const load = async () => {
    try {
      await loadRules(config);
    } catch (error) {
      logError('rules: could not read them', error);
    }
  };
  subscribe('rules', z.string(), () => void load());
  onMissedMessages('rules', () => void load());
  await load();
}
