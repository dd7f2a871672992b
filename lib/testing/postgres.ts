// A PostgreSQL server for tests: the installed programs with a new cluster, on a free port. PostgreSQL refuses to run as
// root, so root starts it as Debian's user.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '@/lib/testing/ports';
import { descendants, endProcess, isRunning } from '@/lib/testing/processes';
import { waitFor } from '@/lib/testing/wait-for';

const DEBIAN = '/usr/lib/postgresql';
/** Name of the database that tests copy. */
export const TEMPLATE = 'callboard';

/** Folder of the newest installed PostgreSQL; undefined if none is installed. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((one) => join(DEBIAN, one, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** The user who runs the server, which refuses to run as root. */
export function user(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Does `work` with a connection of its own. */
export async function onPostgres<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A running server with an empty database. */
export class TestPostgres {
  #child: ChildProcess | undefined;

  private constructor(
    readonly programs: string,
    readonly folder: string,
    readonly port: number,
  ) {}

  /** Creates a cluster and starts it. */
  static async start(programs: string): Promise<TestPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-pg-'));
    const owner = user();
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid as number);
    const cluster = join(folder, 'cluster');
    execFileSync(
      join(programs, 'initdb'),
      ['-D', cluster, '-U', 'callboard', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...owner, cwd: folder, stdio: 'pipe' },
    );
    const postgres = new TestPostgres(programs, folder, await freePort());
    await postgres.run();
    return postgres;
  }

  get url(): string {
    return `postgres://callboard@127.0.0.1:${this.port}/postgres`;
  }

  get env(): Readonly<Record<string, string>> {
    return { DATABASE_URL: this.url, DATA_DIR: this.folder };
  }

  get pid(): number {
    return this.#child?.pid as number;
  }

  /** Starts the server and waits until it responds. */
  async run(): Promise<void> {
    const { folder, port } = this;
    const args = ['-D', join(folder, 'cluster'), '-p', String(port), '-k', folder];
    this.#child = spawn(join(this.programs, 'postgres'), [...args, '-h', '127.0.0.1'], {
      ...user(),
      cwd: folder,
      stdio: 'ignore',
    });
    await waitFor('PostgreSQL to answer', () =>
      onPostgres(this.url, (client) => client.query('select 1')),
    );
  }

  /** Creates the database that tests copy, with the schema. */
  async makeTemplate(): Promise<void> {
    await onPostgres(this.url, (client) => client.query(`create database ${TEMPLATE}`));
    const { openServer } = await import('@/lib/db/open-server');
    await (await openServer(new URL(TEMPLATE, this.url).href)).close();
  }

  /** Kills the server's main process; resolves when the others have exited, because no server can start before that. */
  async kill(): Promise<void> {
    const others = descendants(this.pid);
    await this.#end('SIGKILL');
    while (others.some(({ pid }) => isRunning(pid))) await pause(20);
  }

  /** Stops the server without waiting for clients: PostgreSQL's fast shutdown. */
  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  /** Stops the server and deletes all its files. */
  async remove(): Promise<void> {
    await this.#end('SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child) await endProcess(this.#child, signal);
  }
}
