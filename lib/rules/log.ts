// Logs the automatic actions of rules, one line each.
import { logError, logInfo } from '@/lib/core/log';
/** The log of rules. */
export const ruleLog = {
  info: (what: string) => logInfo(`rules: ${what}`),
  error: (what: string, error?: unknown) => logError(`rules: ${what}`, error),
};
