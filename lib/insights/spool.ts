// Keeps what was received on disk until it is stored: while the database is away, and while the room of an upload is not
// known, for a minute. So a worker gets its answer at once, and nothing is lost if this process is killed.
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { logError } from '@/lib/core/log';
import type { Masked } from '@/lib/core/masked';
import { isProblem, Problem } from '@/lib/core/problem';
import { poll } from '@/lib/core/wait';
import type { Upload } from '@/lib/insights/uploads';

/** Milliseconds for a room to become known. LiveKit announces it before an agent joins, and repeats that for 15 s. */
const UNKNOWN_MS = 60_000;
/** Milliseconds between two attempts. Our own choice. */
const RETRY_MS = 500;
/** Bytes that may wait, without recordings: an hour of many calls. Our own choice. */
const BYTES_MAX = 512 * 1024 * 1024;
/** Failures after which an upload is deleted: perhaps because of what it says. */
const FAILURES_MAX = 5;
/** Requests that wait for their outcome at once. Our own choice. */
const ANSWERS_MAX = 100;
/** Milliseconds after which a file of a killed process is deleted: no upload takes that long. */
const FORGOTTEN_MS = 3_600_000;

const UPLOAD_END = '.json';
/** Of recordings. */
export const AUDIO_END = '.ogg';
/** Of files that are being written. */
export const PART_END = '.part';

/** A recording that waits for its call to be known. */
export interface Audio {
  /** Name of the file in the folder of the spool. */
  readonly file: string;
  /** Milliseconds since 1970, on the clock of the agent's machine. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What was received in one request about one session. */
export interface Received {
  readonly upload: Upload;
  /** What is masked in it. The settings may be others when it is stored. */
  readonly masked?: readonly Masked[];
  /** Milliseconds since 1970, on this process's clock. */
  readonly receivedAt: number;
  readonly audio?: Audio | undefined;
}

/** What became of an upload: `waits` on disk, while the database is away; `unknown` if its room was not known in time. */
export type Outcome = 'stored' | 'waits' | 'unknown' | 'failed';

interface Waiting {
  readonly path: string;
  readonly bytes: number;
  /** Since when its room is known to be unknown, on the monotonic clock. */
  missingSince?: number;
  failures: number;
  /** Called with each change. */
  readonly told: Set<(outcome: Outcome) => void>;
}

/** Uploads that are not stored yet. */
export class Spool {
  readonly #waiting = new Map<string, Waiting>();
  #bytes = 0;
  /** Whether the database was away at the last attempt. */
  #isAway = false;
  /** The attempt that runs, and whether another one follows. */
  #running: Promise<void> = Promise.resolve();
  #isDue = false;

  /**
   * @param folder folder of the files; created when needed
   * @param place stores one, if its room is known. @throws {Problem} 503 while the database is unavailable
   * @param unknownMs milliseconds for a room to become known
   */
  constructor(
    readonly folder: string,
    readonly place: (received: Received) => Promise<'stored' | 'unknown' | 'deleted'>,
    readonly unknownMs = UNKNOWN_MS,
  ) {}

  /** The path of a file in the folder, which exists afterwards. */
  pathOf(name: string): string {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return join(this.folder, name);
  }

  /** Starts with what an earlier process left. @returns a function that stops */
  start(): () => Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      const { mtimeMs, size } = statSync(path);
      if (name.endsWith(UPLOAD_END)) this.#remember(path, size);
      else if (Date.now() - mtimeMs > FORGOTTEN_MS && !existsSync(uploadOf(path))) rmSync(path);
    }
    const stop = poll(RETRY_MS, 'insights: cannot store uploads', () => this.#try());
    return async () => {
      this.#isAway = true;
      for (const waiting of this.#waiting.values()) tell(waiting, 'waits');
      await stop();
    };
  }

  /**
   * Keeps an upload on disk. @returns what became of it, as soon as something has
   * @throws {Problem} 503 if too much is waiting or the disk is full
   */
  async add(received: Received): Promise<Outcome> {
    const body = JSON.stringify(received);
    if (this.#bytes + body.length > BYTES_MAX) throw full();
    const { audio } = received;
    const name = audio ? uploadOf(audio.file) : `${Date.now()}-${randomUUID()}${UPLOAD_END}`;
    let path: string;
    try {
      path = this.pathOf(name);
      writeFileSync(`${path}${PART_END}`, body, { mode: 0o600 });
      renameSync(`${path}${PART_END}`, path);
    } catch (error) {
      logError(`insights: cannot write to ${this.folder}`, error);
      throw full();
    }
    const { told } = this.#remember(path, body.length);
    if (this.#isAway || this.#waiting.size > ANSWERS_MAX) return 'waits';
    const outcome = new Promise<Outcome>((resolve) => told.add(resolve));
    void this.#try();
    return outcome;
  }

  #remember(path: string, bytes: number): Waiting {
    const waiting: Waiting = { path, bytes, failures: 0, told: new Set() };
    this.#waiting.set(path, waiting);
    this.#bytes += bytes;
    return waiting;
  }

  /** Tries to store all that is there now. */
  #try(): Promise<void> {
    if (!this.#isDue) {
      this.#isDue = true;
      this.#running = this.#running.then(async () => {
        this.#isDue = false;
        for (const one of [...this.#waiting.values()]) if (!(await this.#tryOne(one))) return;
      });
    }
    return this.#running;
  }

  /** Tries to store one; returns whether the next one can be tried. */
  async #tryOne(one: Waiting): Promise<boolean> {
    try {
      const received = JSON.parse(readFileSync(one.path, 'utf8')) as Received;
      const result = await this.place(received);
      this.#isAway = false;
      one.missingSince ??= performance.now();
      const isLate = performance.now() - one.missingSince >= this.unknownMs;
      if (result === 'stored') this.#done(one, 'stored', received);
      else if (result === 'deleted' || isLate) this.#done(one, 'unknown', received);
      return true;
    } catch (error) {
      if (isProblem(error) && error.kind !== 'not-storable') {
        this.#isAway = true;
        for (const waiting of this.#waiting.values()) tell(waiting, 'waits');
        return false;
      }
      one.failures += 1;
      if (one.failures < FAILURES_MAX) return true;
      logError('insights: an upload cannot be stored, and was deleted', error);
      this.#done(one, 'failed');
      return true;
    }
  }

  #done(one: Waiting, outcome: Outcome, received?: Received): void {
    if (received?.audio) rmSync(join(this.folder, received.audio.file), { force: true });
    rmSync(one.path, { force: true });
    this.#waiting.delete(one.path);
    this.#bytes -= one.bytes;
    tell(one, outcome);
  }
}

/** The file of the upload that a recording belongs to. */
const uploadOf = (file: string) =>
  file.endsWith(AUDIO_END) ? file.slice(0, -AUDIO_END.length) + UPLOAD_END : file + UPLOAD_END;

function tell({ told }: Waiting, outcome: Outcome): void {
  for (const each of told) each(outcome);
  told.clear();
}

const full = () =>
  new Problem(
    'busy',
    'Too many uploads wait to be stored. Try again in a few seconds.',
    {},
    { 'retry-after': '5' },
  );
