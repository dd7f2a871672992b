// A program that the product stands on and did not make: a LiveKit node, Redis, the proxy. A test may
// kill it, and start it again where it was.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { before } from '../until';

/** Characters of its last words that are kept, for whoever looks why it failed. */
const SAID_MAX = 8_000;

/** How it is started. */
export interface ServicePlan {
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment beside PATH: settings of whoever runs the tests are none of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it answers. */
  answers(): Promise<boolean>;
}

/** Whether something answers with 200 there. */
export const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** One such program. */
export class Service {
  /** The end of what it has said. */
  said = '';
  #child: ChildProcess | undefined;

  constructor(private readonly plan: ServicePlan) {}

  get name(): string {
    return this.plan.command;
  }

  /** Starts it, again too, and waits until it answers. */
  async run(): Promise<this> {
    const { command, args, env, answers } = this.plan;
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const leave = () => child.kill('SIGKILL');
    process.once('exit', leave);
    child.once('exit', () => process.off('exit', leave));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said = (this.said + text).slice(-SAID_MAX);
      });
    }
    await once(child, 'spawn');
    await before(async () => expect(await answers(), `${command}: ${this.said}`).toBe(true));
    return this;
  }

  /** Ends it as the kernel would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to end, and waits until it has: a LiveKit node goes on until its calls are over. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'exit');
    child.kill(signal);
    await over;
  }
}
