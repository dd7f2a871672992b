// What rules do without anybody asking is told in the server's log, in one plain line each.
import { redact } from '@/lib/core/redact';

/** The log of rules. Texts from outside come as JSON, so that none can look like another line. */
export const ruleLog = {
  info: (line: string) => console.info(redact(`rules: ${line}`)),
  error: (line: string) => console.error(redact(`rules: ${line}`)),
};
