// All that is measured on the running product, in the order in which it is: what others would disturb
// comes first.
import type { Finding } from './finding';
import { answer } from './measures/answer';
import { click } from './measures/click';
import { dispatch } from './measures/dispatch';
import { memory } from './measures/memory';
import { page } from './measures/page';
import { start } from './measures/start';
import { token } from './measures/token';
import type { Bench } from './support/bench';

/** Measures one thing as often as the bench says. */
export type Measure = (bench: Bench) => Promise<Finding[]>;

/** By the names that `--only` takes. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  start,
  memory,
  page,
  click,
  answer,
  dispatch,
  token,
};
