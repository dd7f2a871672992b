// What the speech server and the process of a neural model say to each other.

/** First argument of the speech server's program when it is to be such a process. */
export const NEURAL_ARGUMENT = 'neural-model';

/** The first message: which model, by the engine's own names. */
export interface Load {
  readonly kind: 'load';
  /** Folder whose node_modules hold the engine. */
  readonly engine: string;
  readonly does: 'speaks' | 'hears';
  readonly files: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Threads for one piece of work. */
  readonly threads: number;
}

/** Say this. */
export interface Speak {
  readonly kind: 'speak';
  readonly text: string;
  readonly speaker: number;
  readonly speed: number;
}

/** Hear this: mono samples and how many a second. */
export interface Hear {
  readonly kind: 'hear';
  readonly sound: Float32Array;
  readonly rate: number;
}

/** One answer to each message, in their order. */
export type Answer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'sound'; readonly sound: Float32Array; readonly rate: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly why: string };
