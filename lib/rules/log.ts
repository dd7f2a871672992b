// Logs the automatic actions of rules, one line each.
import { redact } from '@/lib/core/redact';

/** The log of rules. Quote external text as JSON, so that it cannot forge log lines. */
export const ruleLog = {
  info: (line: string) => console.info(redact(`rules: ${line}`)),
  error: (line: string) => console.error(redact(`rules: ${line}`)),
};
