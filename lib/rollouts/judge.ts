// Whether a deployment is worse than production beyond the limits of its roll-out: said by tests of
// significance, at a level that holds for all looks of a roll-out together. Pure.
//
// Errors: Fisher's exact test, one-sided, of calls that went wrong; exact also for the few calls of a first
// step. Delays: the Mann–Whitney test, one-sided, of each call's median answer; by ranks, since delays have
// long tails, and one value a call, since answers of one call are not independent of each other.
// Who looks again and again finds something by chance in the end. The k-th look has 1/(k(k+1)) of the level,
// which over all looks adds up to the whole of it (Bonferroni's inequality; spending as in K. K. G. Lan and
// D. L. DeMets, Biometrika 70, 1983): a roll-out of what is no worse is returned wrongly in at most
// LEVEL of all cases, however long it lasts.
import { fisherGreater } from './statistics/fisher';
import { mannWhitneyGreater } from './statistics/mann-whitney';

/** The share of roll-outs that may be returned by chance alone. The usual convention. */
export const LEVEL = 0.05;
/** Two tests share the level. */
const TESTS = 2;
/** New calls of the deployment that are over between two looks; so the least for the first. Our own choice. */
export const LOOK_EVERY = 10;
/** Calls with an answer that each side needs before delays are compared: see `mannWhitneyGreater`. */
const ENOUGH_ANSWERED = 20;

/** A call that is over, as far as it is judged. */
export interface JudgedCall {
  /** Nobody came, the agent failed, something in it did, or another deployment had to step in. */
  readonly wrong: boolean;
  /** Median delay of its answers in milliseconds; undefined where nothing was answered. */
  readonly answerMs: number | undefined;
}

/** What was seen of one side. */
export interface Seen {
  readonly calls: number;
  readonly wrong: number;
  /** Calls with an answer, and the median of their medians in milliseconds. */
  readonly answered: number;
  readonly answerMs: number | undefined;
}

/** What one look found. */
export interface Finding {
  /** Which look it was, from 1. */
  readonly look: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly deployment: Seen;
  readonly production: Seen;
  /** How probable such a difference, or a larger one, is by chance; undefined where too little was seen. */
  readonly errorsByChance: number | undefined;
  readonly answersByChance: number | undefined;
  /** Below what probability chance is no explanation at this look. */
  readonly level: number;
  /** In what the deployment is worse beyond the limit. */
  readonly worse: 'errors' | 'answers' | undefined;
}

/** The probability that one test of the `look`-th look may be wrong with, from 1. */
export const levelOf = (look: number): number => LEVEL / TESTS / (look * (look + 1));

const answersOf = (calls: readonly JudgedCall[]): readonly number[] =>
  calls.flatMap(({ answerMs }) => (answerMs === undefined ? [] : [answerMs]));

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function seen(calls: readonly JudgedCall[]): Seen {
  const answers = answersOf(calls);
  return {
    calls: calls.length,
    wrong: calls.filter(({ wrong }) => wrong).length,
    answered: answers.length,
    answerMs: median(answers),
  };
}

/** Of 100 calls, how many went wrong. */
export const wrongOf100 = ({ calls, wrong }: Pick<Seen, 'calls' | 'wrong'>): number =>
  calls === 0 ? 0 : (wrong / calls) * 100;

/**
 * Judges a deployment's calls beside production's. It is worse where chance is no explanation and the
 * difference is at least the limit.
 * @param look which look this is, from 1
 * @param at milliseconds since 1970
 */
export function judge(
  calls: { readonly deployment: readonly JudgedCall[]; readonly production: readonly JudgedCall[] },
  limits: { readonly errorPoints: number; readonly answerMs: number },
  look: number,
  at: number,
): Finding {
  const [deployment, production] = [seen(calls.deployment), seen(calls.production)];
  const level = levelOf(look);
  const part = ({ wrong, calls: of }: Seen) => ({ hits: wrong, of });
  const errorsByChance =
    Math.min(deployment.calls, production.calls) === 0
      ? undefined
      : fisherGreater(part(deployment), part(production));
  const answersByChance =
    Math.min(deployment.answered, production.answered) < ENOUGH_ANSWERED
      ? undefined
      : mannWhitneyGreater(answersOf(calls.deployment), answersOf(calls.production));
  const moreErrors = wrongOf100(deployment) - wrongOf100(production);
  const later = (deployment.answerMs ?? 0) - (production.answerMs ?? 0);
  const unlikely = (chance: number | undefined) => chance !== undefined && chance <= level;
  let worse: Finding['worse'];
  if (unlikely(errorsByChance) && moreErrors >= limits.errorPoints) worse = 'errors';
  else if (unlikely(answersByChance) && later >= limits.answerMs) worse = 'answers';
  return { look, at, deployment, production, errorsByChance, answersByChance, level, worse };
}
