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

interface Watch {
  /** Called once for each use of a tool that takes long. */
  readonly slow: () => void;
  /** Called when a tool is given up, with the milliseconds that it ran. */
  readonly givenUp: (ms: number) => void;
}

/** The tools of an agent, and whether one of them runs. */
export class WatchedTools {
  #running = 0;

  constructor(private readonly watch: Watch) {}

  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** The same tool with a limit. */
  limited<T extends llm.ToolContextEntry>(tool: T): T {
    if (!llm.isFunctionTool(tool) || tool.name === HANDS_OFF) return tool;
    const { execute } = tool;
    const copy = Object.create(
      Object.getPrototypeOf(tool),
      Object.getOwnPropertyDescriptors(tool),
    ) as T;
    const run: typeof execute = (args, options) => this.#within(execute(args, options));
    return Object.defineProperty(copy, 'execute', { value: run, enumerable: true });
  }

  async #within<T>(work: Promise<T>): Promise<T> {
    const { slow, givenUp } = this.watch;
    const moment = new Patience(MOMENT_MS, slow);
    let limit: Patience | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = new Patience(GIVEN_UP_MS, (ms) => {
        givenUp(ms);
        const after = englishDuration(GIVEN_UP_MS);
        reject(
          new llm.ToolError(`It did not answer in ${after}. Whether it was done is not known.`),
        );
      });
      limit.wait();
    });
    moment.wait();
    this.#running += 1;
    // Its result may come too late.
    work.catch(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      this.#running -= 1;
      moment.end();
      limit?.end();
    }
  }
}
