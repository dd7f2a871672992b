// The neural models that `npm run voices` has installed on this machine, each with its own process and queue: a slow
// one must not delay the built-in voice, and one that crashes must not end the speech server.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Gate } from '@/agent/speech/gate';
import {
  type Answer,
  type Hear,
  type Load,
  NEURAL_ARGUMENT,
  type Speak,
} from '@/agent/speech/neural/process';
import { Problem } from '@/agent/speech/problem';
import { englishDuration } from '@/lib/core/figures';
import { logError } from '@/lib/core/log';

const paths = z.record(z.string(), z.string());
const description = z.object({
  name: z.string().min(1),
  does: z.enum(['speaks', 'hears']),
  /** Two-letter codes, the default first. */
  languages: z.array(z.string()).nonempty(),
  /** The engine's options, with paths within the model's folder; `modelType` is not a path. */
  files: z.record(z.string(), z.union([z.string(), paths])),
  voices: z.record(z.string(), z.number().int().min(0)).default({}),
  /** Replacements for built-in voices. */
  insteadOf: z.record(z.string(), z.string()).default({}),
});

/** An installed model and its folder. */
export type NeuralModel = z.infer<typeof description> & { readonly folder: string };

/** Options passed to the engine as they are; every other text in `files` is a path. */
const NO_PATHS = new Set(['modelType']);

/** All models in a folder. Unreadable descriptions are skipped with a message on stderr. */
export function installedModels(folder: string): NeuralModel[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((one) => existsSync(join(one, 'voice.json')))
    .flatMap((one) => {
      try {
        const text = readFileSync(join(one, 'voice.json'), 'utf8');
        return [{ ...description.parse(JSON.parse(text)), folder: one }];
      } catch (error) {
        logError(`${join(one, 'voice.json')} cannot be read`, error);
        return [];
      }
    });
}

/** The engine's options with absolute paths, and the missing files, as paths within the model's folder. */
function resolveFiles({ files, folder }: NeuralModel) {
  const missing: string[] = [];
  const whole = (key: string, value: string) => {
    if (NO_PATHS.has(key)) return value;
    const path = join(folder, value);
    if (!existsSync(path)) missing.push(value);
    return path;
  };
  const entries = Object.entries(files).map(([key, value]) => [
    key,
    typeof value === 'string'
      ? whole(key, value)
      : Object.fromEntries(Object.entries(value).map(([name, path]) => [name, whole(name, path)])),
  ]);
  return { missing, files: Object.fromEntries(entries) as NeuralModel['files'] };
}

/** The speaker's number for a voice or for the replacement of a built-in voice; undefined if there is none. */
export function speakerOf(model: NeuralModel, voice: string, builtIn: readonly string[]) {
  const named = model.voices[voice];
  if (named !== undefined) return named;
  if (!builtIn.includes(voice)) return undefined;
  const [first = 0] = Object.values(model.voices);
  return model.voices[model.insteadOf[voice] ?? ''] ?? first;
}

/** Milliseconds for a model to load: hundreds of megabytes from a slow disk. */
const LOAD_MS = 120_000;
/** Milliseconds for one piece of work. Later it is useless in a call. */
const WORK_MS = 60_000;
/** Threads of one model: more than four gain little, and calls need the others. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Characters of the engine's last output to report. */
const LAST_WORDS = 300;

/** Where the engine is, and the program that can be its process. */
export interface NeuralPlace {
  readonly folder: string;
  readonly program: string;
}

/** One model. Its users take turns, by means of a Gate. */
class NeuralEngine {
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

  /** @throws {Problem} 503 with a message if the model is incomplete, does not load, exits, or times out */
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
    const { files, missing } = resolveFiles(this.model);
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
    const message: Load = { kind: 'load', engine, does, files, threads: THREADS };
    const answer = await this.#exchange(child, message, LOAD_MS);
    if (answer.kind === 'loaded') return child;
    child.kill('SIGKILL');
    throw this.#problem(answer.kind === 'failed' ? answer.why : `it answered ${answer.kind}`);
  }

  /** One message and its answer, or the reason there is none. */
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
      // Not `exit`: by "close" its output has been read.
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
        settle(() => reject(this.#problem(`it took longer than ${englishDuration(limit)}`)));
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
      `${name} cannot be used: ${why}. To install it again: npm run voices -- add ${name}`,
      { param: 'model' },
    );
  }
}

/** Queue bound. A neural model takes about ten times as long as the built-in ones: more would be answered too late. */
const BOUND = 6;

/** A model with its process and its queue. */
export interface Neural {
  readonly model: NeuralModel;
  readonly engine: NeuralEngine;
  readonly gate: Gate;
}

/** The models by name; none without a place. */
export class NeuralModels {
  readonly #used = new Map<string, Neural>();

  constructor(private readonly place?: NeuralPlace) {}

  list(does?: NeuralModel['does']): NeuralModel[] {
    const all = this.place ? installedModels(this.place.folder) : [];
    return all.filter((model) => does === undefined || model.does === does);
  }

  find(name: string, does: NeuralModel['does']): Neural | undefined {
    const model = this.list(does).find((one) => one.name === name);
    const known = this.#used.get(name);
    if (!model || !this.place) {
      // It was uninstalled: end its process.
      known?.engine.close();
      this.#used.delete(name);
      return undefined;
    }
    if (known) return known;
    const engine = new NeuralEngine(model, this.place);
    const made = { model, engine, gate: new Gate(BOUND) };
    this.#used.set(name, made);
    return made;
  }

  close(): void {
    for (const { engine } of this.#used.values()) engine.close();
  }
}
