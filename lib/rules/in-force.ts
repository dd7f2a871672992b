// The rules in force: the rules file, or where several web processes share a PostgreSQL server the text
// they share there, so that all of them keep the same.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { heard, onMissed, tellOthers } from '@/lib/cluster/pubsub';
import { sharedState } from '@/lib/cluster/shared-state';
import type { Config } from '@/lib/core/config';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
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

/** Key of the rules among what is shared. */
const KEY = 'all';
/** Address of the schema in rules that lie in no folder. */
const SCHEMA = 'rules.schema.json';

const loaded = processSingleton('shared-rules', (): { rules?: LoadedRules } => ({}));

/** The rules file's text, where web processes share a database. */
const sharedRules = sharedState<{ readonly text: string }>('rules');

const areShared = ({ DATABASE_URL }: Where) => Boolean(DATABASE_URL);

const keep = (text: string): LoadedRules => {
  const rules = rulesOf(text, '', loaded().rules?.rules ?? []);
  loaded().rules = rules;
  return rules;
};

/** The text with which sharing begins: the file of the process that is first. */
function firstText(config: Where): string {
  const path = rulesPath(config);
  return existsSync(path) ? readFileSync(path, 'utf8') : rulesText(SCHEMA, []);
}

/** The rules, read anew. @throws {Problem} 503 where they are shared and the database is away */
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
 * Replaces the rules, for all web processes.
 * @param etag version that the rules were made from
 * @throws {Problem} see `saveRules`; 503 where they are shared and the database is away
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
  tellOthers('rules', saved.etag);
  return saved;
}

/**
 * The rules in force in this process.
 * @throws {ConfigError} where its settings are not right.
 */
export function rulesInForce(): readonly Rule[] {
  const config = serverConfig();
  if (areShared(config)) return loaded().rules?.rules ?? [];
  return readRules(rulesPath(config)).rules;
}

/**
 * Reads shared rules now and whenever another process changed them. Called once, when the process
 * starts; resolves when they are there, and where they could not be read.
 */
export async function followRules(): Promise<void> {
  const config = serverConfig();
  if (!areShared(config)) return;
  const load = async () => {
    try {
      await loadRules(config);
    } catch (error) {
      console.error(redact(`rules: they cannot be read: ${error}`));
    }
  };
  heard('rules', z.string(), () => void load());
  onMissed('rules', () => void load());
  await load();
}
