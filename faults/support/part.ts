// One part of the product alone, `npm run <name>`, as on several machines: a test may kill it and
// start it again, or start a second one beside what runs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type PartName, programOf } from './processes';

export type Settings = Readonly<Record<string, string>>;

/** A part that was started. */
export class Part {
  /** All it has said so far. */
  said = '';
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;

  private constructor(
    readonly name: PartName,
    private readonly child: ChildProcess,
  ) {
    this.ended = once(child, 'exit').then(([code]) => code);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
  }

  /** Starts a part with these settings. */
  static start(name: PartName, settings: Settings, ...args: string[]): Part {
    const more = args.length > 0 ? ['--', ...args] : [];
    const child = spawn('npm', ['run', name, ...more], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Part(name, child);
  }

  /** Process id of its program. */
  get program(): number {
    return programOf(this.name, this.child.pid as number);
  }

  /** Kills its program as the kernel would; what started it ends with it. */
  async kill(): Promise<void> {
    process.kill(this.program, 'SIGKILL');
    await this.ended;
  }

  /** Ends it as a person does, where it still runs. */
  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      // Asked to end, the LiveKit server waits until its rooms are empty.
      if (this.name === 'livekit') process.kill(this.program, 'SIGKILL');
      else this.child.kill('SIGTERM');
    }
    await this.ended;
  }
}
