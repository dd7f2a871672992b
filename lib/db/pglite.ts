// PGlite in a thread of its own: PostgreSQL without an installation, whose statements keep no request and no call waiting.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { makePrivate } from '@/lib/core/private-files';

/** The program of the thread, relative to the working directory. */
const THREAD = 'lib/db/pglite-thread.mjs';

/** The bytes between node-postgres and the thread, as if it were a socket. */
class ThreadSocket extends Duplex {
  readonly #thread: Worker;

  constructor(thread: Worker) {
    super();
    this.#thread = thread;
    thread.on('message', (answer: Uint8Array | string) => {
      if (typeof answer === 'string') this.destroy(new Error(answer));
      else this.push(answer);
    });
    thread.once('exit', () => this.#fail());
  }
  #fail(): void {
    this.destroy(new Error('The thread of the database has ended.'));
  }
  override _read(): void {}
  override _write(bytes: Buffer, _: BufferEncoding, done: () => void): void {
    this._writev([{ chunk: bytes }], done);
  }
  /** Together what belongs together: each message of the protocol alone would have an answer of its own. */
  override _writev(parts: readonly { chunk: Buffer }[], done: () => void): void {
    const request = new Uint8Array(Buffer.concat(parts.map(({ chunk }) => chunk)));
    this.#thread.postMessage(request, [request.buffer]);
    done();
  }
  override _final(done: () => void): void {
    this.push(null);
    done();
  }
  // What node-postgres asks of a socket besides.
  connect(): void {
    const ended = this.#thread.threadId === -1;
    process.nextTick(() => (ended ? this.#fail() : this.emit('connect')));
  }
  setNoDelay(): void {}
  ref(): void {}
  unref(): void {}
}

/** A running PGlite. */
export interface RunningPglite {
  /** Of the one connection that it has: a transaction keeps all others waiting. */
  readonly pool: pg.Pool;
  /** Resolves when its thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /**
   * Finishes what was asked of it, writes everything, and ends the thread.
   * @param mayWrite asked right before the last write; `false` ends the thread without it
   */
  close(mayWrite?: () => boolean): Promise<void>;
}

/**
 * Opens the database in this folder, or creates it.
 * @param settings of PostgreSQL, each as `name=value`
 * @throws Error if it cannot be read or written
 */
export async function startPglite(
  folder: string,
  settings: readonly string[] = [],
): Promise<RunningPglite> {
  const thread = new Worker(resolve(/* turbopackIgnore: true */ THREAD), {
    workerData: { folder, settings },
    // Loaders of this process would be loaded again.
    execArgv: [],
  });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  // What ends the thread is thrown below, or is the end of the socket.
  thread.on('error', () => undefined);
  const endedEarly = ended.then(() => {
    throw new Error('The thread of the database ended before it was open.');
  });
  await Promise.race([once(thread, 'message'), endedEarly]);
  const pool = new pg.Pool({
    ...{ max: 1, idleTimeoutMillis: 0 },
    ...{ user: 'postgres', database: 'postgres', ssl: false },
    stream: () => new ThreadSocket(thread),
  });
  // The query that runs, or else the next one, has it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    ended,
    async close(mayWrite = () => true) {
      await pool.end();
      if (mayWrite()) thread.postMessage('close');
      else await thread.terminate();
      await ended;
    },
  };
}

/** The program that creates a database. */
const CREATE = `
  import { PGlite } from '@electric-sql/pglite';
  const database = await PGlite.create(process.argv[1]);
  await database.close();
`;

/**
 * Creates an empty database in `folder`, which must not exist. A process of its own does it: PGlite's first start in a new
 * folder takes seconds and 840 MB of memory, of which the process keeps 150 MB.
 * @throws Error with the output of the process, if it fails
 */
export async function makeFolder(folder: string): Promise<void> {
  // Under another name first, so that an incomplete folder is never used.
  const making = `${folder}.${process.pid}`;
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    const args = ['--input-type=module', '-e', CREATE, making];
    const running = promisify(execFile)(process.execPath, args);
    const kill = () => running.child.kill('SIGKILL');
    process.once('exit', kill);
    await running.finally(() => process.off('exit', kill));
    // PGlite ignores the umask.
    makePrivate(making);
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
