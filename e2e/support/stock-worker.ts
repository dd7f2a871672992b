// Starts workers that were not written for Callboard: `stock-agent.mjs` and `stock-agent.py`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { liveKitEnv, type Stack } from '@/e2e/support/stack';
import { stockPython } from '@/e2e/support/stock-python';
import { outputOf } from '@/lib/testing/processes';
import { waitFor } from '@/lib/testing/wait-for';

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What the docs give to teams. */
const REPORTS = fileOf('../../docs/worker-reports');

/** Languages of workers. Python is tested where it can be installed. */
export type StockLanguage = 'node' | 'python';

/** The languages that can be tested here. */
export const stockLanguages = async (): Promise<readonly StockLanguage[]> =>
  (await stockPython()) ? ['node', 'python'] : ['node'];

/** Milliseconds for a worker to be ready. */
const READY_MS = 90_000;

/** The command of a worker, what it needs of the environment, and what it says once its process for the first call is ready. */
async function programOf({ language, reports }: StockAgent) {
  if (language !== 'python') {
    const report = reports ? ['--import', `${REPORTS}/report.mjs`] : [];
    const command = [process.execPath, ...report, fileOf('stock-agent.mjs'), 'start'];
    const env = { WORKER_PORT: String(await getPort()), LOG_LEVEL: 'debug' };
    return { command, env, ready: 'job runner initialized' };
  }
  const python = await stockPython();
  if (!python) throw new Error('Python is not installed: ask stockLanguages first');
  const env = {
    PYTHONPATH: REPORTS,
    PYTHONDONTWRITEBYTECODE: '1',
    ...(reports && { REPORTS: 'yes' }),
  };
  const command = [python, fileOf('stock-agent.py'), 'start'];
  return { command, env, ready: 'process initialized' };
}

/** An agent that a worker serves. */
export interface StockAgent {
  /** Node, unless it is given. */
  readonly language?: StockLanguage | undefined;
  readonly agent: string;
  /** As LiveKit has it: production is not set. */
  readonly deployment?: string;
  /** What it says first. */
  readonly greeting?: string;
  /** Whether it reports to Callboard: `docs/worker-reports.md`. */
  readonly reports?: boolean;
  /** Whether it hears nothing, and never answers; in Node only. */
  readonly deaf?: boolean;
}

/** A running worker, with its jobs in a process group of its own. */
export class StockWorker {
  readonly #output: () => string;

  private constructor(private readonly child: ChildProcess) {
    this.#output = outputOf(child);
  }

  /** All its output so far. */
  get said(): string {
    return this.#output();
  }

  /** Starts a worker. Resolves once it has registered and is ready for a call. */
  static async start(stack: Stack, stock: StockAgent): Promise<StockWorker> {
    const { agent, deployment, greeting, deaf } = stock;
    const {
      command: [program = '', ...args],
      env,
      ready,
    } = await programOf(stock);
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...liveKitEnv(stack),
        ...env,
        AGENT_NAME: agent,
        SPEECH_URL: `${stack.speech}/v1`,
        CALLBOARD_URL: stack.web,
        LIVEKIT_OBSERVABILITY_URL: stack.web,
        MAX_JOBS: '4',
        ...(deployment && { LIVEKIT_AGENT_DEPLOYMENT: deployment }),
        ...(greeting && { GREETING: greeting }),
        ...(deaf && { DEAF: 'yes' }),
      },
    });
    const worker = new StockWorker(child);
    const isReady = () => {
      if (['registered worker', ready].every((line) => worker.said.includes(line))) return true;
      throw new Error(worker.said);
    };
    try {
      await waitFor(`the worker of ${agent}`, isReady, READY_MS);
    } catch (error) {
      await worker.kill();
      throw error;
    }
    return worker;
  }

  /** Kills the worker and its jobs, as a machine that loses power. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'exit');
    process.kill(-(child.pid as number), 'SIGKILL');
    await over;
  }
}
