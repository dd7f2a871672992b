// A product of many parts under calls: the steps of a test file follow each other on the same parts, and after
// each of them the calls that are held go on, and one more begins and ends.
import { afterAll, beforeAll, test } from 'vitest';
import type { Call } from '../call';
import type { Settings } from '../part';
import { soon, within } from '../until';
import { type Cluster, startCluster } from './cluster';
import { HeldCalls, shortCall } from './held-calls';
import { hasMany } from './programs';

/** Milliseconds for a step, and to start and end it all, on a busy machine. Limits, not goals. */
const STEP_MS = 300_000;
/** Milliseconds for the last rooms to end: LiveKit waits 15 s for who might come back. */
const EMPTY_MS = 60_000;

/** What the steps of a file are held with. */
export class UnderCalls {
  #many: Cluster | undefined;
  #held: HeldCalls | undefined;
  /** Calls that began and ended between the steps. */
  readonly short: Call[] = [];
  #failed = false;

  /** @param name of the test file, for what the parts said when a step failed */
  constructor(
    private readonly name: string,
    settings: Settings = {},
  ) {
    beforeAll(async () => {
      if (!hasMany) return;
      this.#many = await startCluster(settings);
      this.#held = new HeldCalls(this.#many.product);
    }, STEP_MS);
    afterAll(async () => {
      // A caller that cannot leave any more keeps nothing from being ended.
      await Promise.all([this.#held?.end(), this.#many?.close()]);
    }, STEP_MS);
  }

  get many(): Cluster {
    if (!this.#many) throw new Error('nothing was started');
    return this.#many;
  }

  get held(): HeldCalls {
    if (!this.#held) throw new Error('nothing was started');
    return this.#held;
  }

  /** One step; those after one that failed, on the same parts, would say little. */
  step(title: string, body: () => Promise<void>): void {
    test.skipIf(!hasMany)(title, { timeout: STEP_MS }, async ({ skip, onTestFailed }) => {
      skip(this.#failed, 'a step before it failed');
      onTestFailed(() => {
        this.#failed = true;
        this.many.keepSaid(`test-results/faults/${this.name}.log`);
      });
      await body();
    });
  }

  /** A call begins and ends, and those that are held go on. */
  async allGoesOn(deployment?: string): Promise<void> {
    this.short.push(await shortCall(this.many.product, deployment));
    await this.held.goOn();
  }

  /** All hang up; resolves when each call is kept with all that was said, and no room is left. */
  async end(): Promise<void> {
    await this.held.hangUp();
    for (const call of this.short) {
      await soon(async () => (await call.summary())?.endedBy).toBe('caller');
    }
    await within(EMPTY_MS, () => this.many.product.livekit.rooms.listRooms()).toEqual([]);
  }
}
