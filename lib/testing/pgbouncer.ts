// A pgbouncer in front of a PostgreSQL server, for tests. It refuses to run as root too.
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '@/lib/testing/ports';
import { onPostgres, type TestPostgres, user } from '@/lib/testing/postgres';
import { endProcess } from '@/lib/testing/processes';
import { waitFor } from '@/lib/testing/wait-for';

/** Debian's folder, which is not on everybody's PATH. */
const DEBIAN = '/usr/sbin';

const program = [...(process.env.PATH ?? '').split(delimiter), DEBIAN]
  .map((folder) => join(folder, 'pgbouncer'))
  .find((path) => existsSync(path));

/** Whether to run tests that need it. Always true in CI, which must have it. */
export const hasPgbouncer = Boolean(program || process.env.CI);

if (!hasPgbouncer)
  console.warn('pgbouncer is not installed (apt-get install pgbouncer): not tested.');

/**
 * Starts one.
 * @param settings of pgbouncer.ini, such as `pool_mode`
 * @throws Error if it is not installed
 */
export async function startPgbouncer(
  server: TestPostgres,
  settings: Readonly<Record<string, string>>,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (!program) throw new Error('CI tests with pgbouncer too: apt-get install pgbouncer');
  const folder = mkdtempSync(join(tmpdir(), 'callboard-pgbouncer-'));
  const port = await freePort();
  const users = join(folder, 'users.txt');
  const ini = join(folder, 'pgbouncer.ini');
  const all = {
    ...{ listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '' },
    ...{ auth_type: 'trust', auth_file: users, ...settings },
  };
  writeFileSync(users, '"callboard" ""\n');
  writeFileSync(
    ini,
    `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${Object.entries(all)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join('')}`,
  );
  const owner = user();
  if (owner.uid !== undefined) {
    for (const path of [folder, users, ini]) chownSync(path, owner.uid, owner.gid as number);
  }
  const child = spawn(program, [ini], { ...owner, cwd: folder, stdio: 'ignore' });
  const url = `postgres://callboard@127.0.0.1:${port}/postgres`;
  await waitFor('pgbouncer to answer', () => onPostgres(url, (client) => client.query('select 1')));
  return {
    url,
    async stop() {
      await endProcess(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
