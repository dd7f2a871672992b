// All that is measured on the running product, in the order in which it is: what others would disturb
// comes first. What more is measured only where it is asked for stands by itself.
import type { Finding } from './finding';
import { answer } from './measures/answer';
import { click } from './measures/click';
import { cost } from './measures/cost';
import { dispatch } from './measures/dispatch';
import { lighthouse } from './measures/lighthouse';
import { LOADS, load } from './measures/load';
import { memory } from './measures/memory';
import { page } from './measures/page';
import { shared } from './measures/shared';
import { start } from './measures/start';
import { token } from './measures/token';
import type { Bench } from './support/bench';

/** Measures one thing as often as the bench says. */
export type Measure = (bench: Bench) => Promise<Finding[]>;

/** By the names that `--only` takes. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  start,
  memory,
  cost,
  shared,
  page,
  click,
  answer,
  dispatch,
  token,
  load: (bench) => load(bench, LOADS),
};

/** Those that need more than the clone: Lighthouse is got from npm. */
export const ON_DEMAND: Readonly<Record<string, Measure>> = { lighthouse };
