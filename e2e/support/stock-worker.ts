// Starts workers that were not written for Callboard: `stock-agent.mjs`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { liveKitEnv, type Stack } from './stack';

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What the docs give to teams. */
const REPORT = fileOf('../../docs/worker-reports/report.mjs');

/** An agent that a worker serves. */
interface StockAgent {
  readonly agent: string;
  /** As LiveKit has it: production is not set. */
  readonly deployment?: string;
  /** What it says first. */
  readonly greeting?: string;
  /** Whether it reports to Callboard: `docs/worker-reports.md`. */
  readonly reports?: boolean;
}

/** A running worker, with its jobs in a process group of its own. */
export class StockWorker {
  /** All its output so far. */
  said = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
  }

  /** Starts a worker. */
  static async start(
    stack: Stack,
    { agent, deployment, greeting, reports }: StockAgent,
  ): Promise<StockWorker> {
    const child = spawn(
      process.execPath,
      [...(reports ? ['--import', REPORT] : []), fileOf('stock-agent.mjs'), 'start'],
      {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          ...liveKitEnv(stack),
          AGENT_NAME: agent,
          SPEECH_URL: `${stack.speech}/v1`,
          CALLBOARD_URL: stack.web,
          MAX_JOBS: '4',
          WORKER_PORT: String(await getPort()),
          ...(deployment && { LIVEKIT_AGENT_DEPLOYMENT: deployment }),
          ...(greeting && { GREETING: greeting }),
        },
      },
    );
    return new StockWorker(child);
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
