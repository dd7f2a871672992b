// Reports progress to the web process, so that its page shows the simulations live and stores the results. The response
// says whether to stop.
import { REPORTS_PATH, type SimulationReport } from '@/lib/calls/test-calls/report';
import type { SimulationRun, SimulationSession } from '@/lib/calls/test-calls/result';
import { logError } from '@/lib/core/log';
import { toWire } from '@/lib/core/snake-case';
import { askCallboard } from '@/scripts/test-caller/target';

/** Milliseconds between two reports, even without changes, because the responses may say to stop. */
const EVERY_MS = 1_000;
/** Most runs in one report, as in the schema. */
const RUNS_MAX = 20;

export class Reporter {
  readonly #changed = new Map<string, SimulationRun>();
  readonly #timer = setInterval(() => this.#report(), EVERY_MS);
  #reported = Promise.resolve();
  #failed = false;

  constructor(
    private readonly web: string,
    private session: SimulationSession,
    private readonly onStop: () => void,
  ) {
    this.#report();
  }

  change(run: SimulationRun): void {
    this.#changed.set(run.id, run);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.session = { ...this.session, endedAt: Date.now() };
    const reports = 1 + Math.ceil(this.#changed.size / RUNS_MAX);
    for (let number = 0; number < reports; number += 1) this.#report();
    await this.#reported;
  }

  /** Sequential, each with the current state: an older state never follows a newer one. */
  #report(): void {
    this.#reported = this.#reported.then(() => this.#post());
  }

  async #post(): Promise<void> {
    const runs = [...this.#changed.values()].slice(0, RUNS_MAX);
    for (const { id } of runs) this.#changed.delete(id);
    const report: SimulationReport = { session: this.session, runs };
    try {
      const request = { method: 'POST', path: REPORTS_PATH, body: toWire(report) } as const;
      const { response: answer, text } = await askCallboard(this.web, request);
      const body = JSON.parse(text) as { stop?: boolean; detail?: string };
      if (!answer.ok) throw new Error(body.detail ?? `status ${answer.status}`);
      if (body.stop) this.onStop();
    } catch (error) {
      // The simulations continue: results are shown here, and on the page once it responds again.
      for (const run of runs) {
        if (!this.#changed.has(run.id)) this.#changed.set(run.id, run);
      }
      if (!this.#failed) {
        logError('Could not report the results to the page', error);
      }
      this.#failed = true;
    }
  }
}
