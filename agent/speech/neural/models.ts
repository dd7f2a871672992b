// All neural models of this machine, each loaded when it is first asked for, with a queue of its own:
// a slow one must not hold up the built-in voice.
import { Gate } from '../gate';
import { NeuralEngine, type NeuralPlace } from './engine';
import { installedModels, type NeuralModel } from './installed';

/**
 * Who may wait besides the one at work. A neural model takes some ten times as long as the built-in
 * ones: more would be answered too late to be of use.
 */
const BOUND = 6;

/** A model, its process and its queue. */
export interface Neural {
  readonly model: NeuralModel;
  readonly engine: NeuralEngine;
  readonly gate: Gate;
}

/** The models by name. Without a place there are none. */
export class NeuralModels {
  readonly #used = new Map<string, Neural>();

  constructor(private readonly place?: NeuralPlace) {}

  /** What is installed now. */
  list(does?: NeuralModel['does']): NeuralModel[] {
    const all = this.place ? installedModels(this.place.folder) : [];
    return all.filter((model) => does === undefined || model.does === does);
  }

  /** The model of that name that does that. */
  find(name: string, does: NeuralModel['does']): Neural | undefined {
    const model = this.list(does).find((one) => one.name === name);
    const known = this.#used.get(name);
    if (!model || !this.place) {
      // It was removed: nobody needs its process.
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

  /** Ends all processes. */
  close(): void {
    for (const { engine } of this.#used.values()) engine.close();
  }
}
