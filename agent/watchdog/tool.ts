// Tools that never return: the caller is told that it takes a moment, and after a limit the agent goes on without the result.
import { llm } from '@livekit/agents';
import { Patience } from '@/agent/core/patience';
import { englishDuration } from '@/lib/core/figures';

/** Milliseconds until the caller is told. Our own choice: after five, callers ask whether somebody is there. */
const MOMENT_MS = 3_500;
/** Milliseconds until a tool is given up. Our own choice: the slowest that a caller waits for. */
const GIVEN_UP_MS = 20_000;

/** The tool that hands off: it has limits of its own, and tells the caller. */
const HANDS_OFF = 'handOff';

/** The tools of an agent, and whether one of them runs. */
export class WatchedTools {
  /** Called once for each use of a tool that takes long. */
  onSlow = () => {};
  #running = 0;

  /** @param givenUp called when a tool is given up, with the milliseconds that it ran */
  constructor(private readonly givenUp: (ms: number) => void) {}

  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** The same tool with a limit. */
  limited<T extends llm.ToolContextEntry>(tool: T): T {
    if (!llm.isFunctionTool(tool)) return tool;
    const { execute } = tool;
    const copy = Object.create(
      Object.getPrototypeOf(tool),
      Object.getOwnPropertyDescriptors(tool),
    ) as T;
    const run: typeof execute = (args, options) => {
      const work = execute(args, options);
      return this.#counted(tool.name === HANDS_OFF ? work : this.#within(work));
    };
    return Object.defineProperty(copy, 'execute', { value: run, enumerable: true });
  }

  async #counted<T>(work: Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work;
    } finally {
      this.#running -= 1;
    }
  }

  async #within<T>(work: Promise<T>): Promise<T> {
    const moment = new Patience(MOMENT_MS, () => this.onSlow());
    let limit: Patience | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = new Patience(GIVEN_UP_MS, (ms) => {
        this.givenUp(ms);
        const after = englishDuration(GIVEN_UP_MS);
        reject(
          new llm.ToolError(`It did not answer in ${after}. Whether it was done is not known.`),
        );
      });
      limit.wait();
    });
    moment.wait();
    // Its result may come too late.
    work.catch(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      moment.end();
      limit?.end();
    }
  }
}
