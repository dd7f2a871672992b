// A neural model as the speech server uses it: its process, started when first needed, one piece of
// work at a time, and every way in which it can fail told in words.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../problem';
import { missingFiles, type NeuralModel, wholePaths } from './installed';
import { type Answer, type Hear, type Load, NEURAL_ARGUMENT, type Speak } from './messages';

/** Milliseconds a model may take to load: hundreds of megabytes from a slow disk. */
const LOAD_MS = 120_000;
/** Milliseconds for one piece of work. Later it is of no use in a call. */
const WORK_MS = 60_000;
/** Threads of one model: more than four gain little, and calls need the others. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Characters of what the engine said last that are told on. */
const LAST_WORDS = 300;

/** Where the engine is, and the program that can be its process. */
export interface NeuralPlace {
  /** Folder of the models. */
  readonly folder: string;
  /** The speech server's own program. */
  readonly program: string;
}

/** One model. Who uses it takes turns: a Gate sees to that. */
export class NeuralEngine {
  #process: Promise<ChildProcess> | undefined;

  constructor(
    readonly model: NeuralModel,
    private readonly place: NeuralPlace,
  ) {}

  /** Ends the process; the next piece of work starts another. */
  close(): void {
    this.#process?.then((child) => child.kill('SIGKILL')).catch(() => {});
    this.#process = undefined;
  }

  /**
   * @throws {Problem} 503 in words when the model is not whole, does not load, ends, or takes too long
   */
  async ask<T extends Answer['kind']>(
    message: Speak | Hear,
    kind: T,
  ): Promise<Extract<Answer, { kind: T }>> {
    const child = await this.#started();
    const answer = await this.#exchange(child, message, WORK_MS);
    if (answer.kind === kind) return answer as Extract<Answer, { kind: T }>;
    throw this.#problem(answer.kind === 'failed' ? answer.why : `it answered ${answer.kind}`);
  }

  #started(): Promise<ChildProcess> {
    this.#process ??= this.#start().catch((error) => {
      this.#process = undefined;
      throw error;
    });
    return this.#process;
  }

  async #start(): Promise<ChildProcess> {
    const { name, does } = this.model;
    const engine = join(this.place.folder, '.engine');
    const missing = missingFiles(this.model);
    if (missing.length > 0) throw this.#problem(`${missing.join(' and ')} is missing`);
    if (!existsSync(join(engine, 'node_modules'))) {
      throw this.#problem('the engine is not installed');
    }
    const child = fork(this.place.program, [NEURAL_ARGUMENT, name], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8');
    child.once('exit', () => {
      this.#process = undefined;
    });
    const message: Load = {
      kind: 'load',
      engine,
      does,
      files: wholePaths(this.model),
      threads: THREADS,
    };
    const answer = await this.#exchange(child, message, LOAD_MS);
    if (answer.kind === 'loaded') return child;
    child.kill('SIGKILL');
    throw this.#problem(answer.kind === 'failed' ? answer.why : `it answered ${answer.kind}`);
  }

  /** One message and its answer, or the reason why there is none. */
  #exchange(child: ChildProcess, message: Load | Speak | Hear, limit: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let said = '';
      const hear = (text: string) => {
        said = (said + text).slice(-LAST_WORDS);
      };
      const settle = (act: () => void) => {
        clearTimeout(timer);
        child.off('message', answered).off('close', closed).stderr?.off('data', hear);
        act();
      };
      const answered = (answer: Answer) => settle(() => resolve(answer));
      // Not `exit`: what it said last has arrived by then.
      const closed = () => {
        const last = said
          .trim()
          .split('\n')
          .at(-1)
          ?.replace(/^\S+:\d+ /, '');
        settle(() => reject(this.#problem(last ? `it ended and said: ${last}` : 'it ended')));
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        settle(() => reject(this.#problem(`it took longer than ${limit / 1_000} s`)));
      }, limit);
      child.on('message', answered).once('close', closed).stderr?.on('data', hear);
      child.send(message, (error) => error && closed());
    });
  }

  #problem(why: string): Problem {
    const { name } = this.model;
    return new Problem(
      503,
      'model_unusable',
      `${name} cannot be used: ${why}. To get it anew: npm run voices -- add ${name}`,
      { param: 'model' },
    );
  }
}
