// What a product of many parts stands on, beside PostgreSQL: Debian's Redis and Caddy. CI installs them;
// elsewhere the tests that need them are skipped where they are missing.
import { execFileSync } from 'node:child_process';
import { hasPostgres } from '@/lib/testing/databases';

const installed = (name: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const missing = ['redis-server', 'caddy'].filter((name) => !installed(name));

if (missing.length > 0) {
  console.warn(`Many of each part are not tested without ${missing.join(', ')} (apt-get install).`);
}

/** Whether tests of many parts can run, or have to: CI has everything. */
export const hasMany = hasPostgres && (missing.length === 0 || Boolean(process.env.CI));
