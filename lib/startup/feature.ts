// What a feature that can be deleted adds to the web process: its folders, and one line in `lib/features.ts`.
import type { Ground } from '@/lib/cluster/ground';
import type { Config } from '@/lib/core/config';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import type { DispatchFeature } from '@/lib/dispatch/server';
import type { Operations } from '@/lib/http/operation';

/**
 * A feature. Each function is called with the whole server, so a feature may declare the part it needs, and its own state.
 */
export interface Feature extends DispatchFeature {
  /** Its state, which becomes a part of the server. */
  state?(server: Ground): object;
  /** Starts what runs without a request. @returns a function that stops it */
  start?(server: Ground): void | (() => Promise<void> | void) | Promise<() => Promise<void> | void>;
  /** Its part of the doctor's examination. */
  checks?(server: Ground, language: Language): readonly Check[];
  /** Asks a model of this kind with the smallest real request. `model` is its name; if not set, any. @throws if it would fail in a call */
  readonly askModel?: Readonly<
    Record<string, (model: string | undefined, config: Config) => Promise<void>>
  >;
  /** Its routes in the API's description. */
  readonly operations?: Operations;
}
