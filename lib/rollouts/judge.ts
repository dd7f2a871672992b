// Decides whether a deployment is worse than production beyond the limits of its rollout: by significance tests,
// at a level that holds for all checks of a rollout together. Pure.
//
// Errors: Fisher's exact test, one-sided, of failed calls; it is exact for the few calls of a first step too.
// Response latency: the Mann–Whitney test, one-sided, of each call's median latency. It uses ranks because latencies
// have long tails, and one value a call because responses within a call are not independent.
// Repeated checks find something by chance eventually. The k-th check gets 1/(k(k+1)) of the level, which adds up
// to the whole level over all checks (Bonferroni's inequality; spending as in K. K. G. Lan and D. L. DeMets, Biometrika
// 70, 1983): a deployment that is no worse is rolled back in at most LEVEL of all cases, however long the rollout
// lasts.
import { median } from 'es-toolkit';
import type { Finding, SideStats } from '@/lib/rollouts/answers';
import { fisherGreater, mannWhitneyGreater } from '@/lib/rollouts/statistics';

/** The share of rollouts that may be rolled back by chance. The usual convention. */
export const LEVEL = 0.05;
/** Two tests share the level. */
const TESTS = 2;
/** New ended calls of the deployment between two checks, and before the first. Our own choice. */
export const CALLS_PER_CHECK = 10;
/** Calls with a response that each side needs before latencies are compared: see `mannWhitneyGreater`. */
const MIN_ANSWERED = 20;

/** An ended call, as far as it is judged. */
export interface JudgedCall {
  /** No agent joined, the agent failed, an error occurred, or another deployment had to take over. */
  readonly wrong: boolean;
  /** Median response latency in milliseconds; undefined without responses. */
  readonly answerMs: number | undefined;
}

/** The significance level of one test in the `look`-th check, from 1. */
export const levelOf = (look: number): number => LEVEL / TESTS / (look * (look + 1));

const answersOf = (calls: readonly JudgedCall[]): readonly number[] =>
  calls.flatMap(({ answerMs }) => (answerMs === undefined ? [] : [answerMs]));

function statsOf(calls: readonly JudgedCall[]): SideStats {
  const answers = answersOf(calls);
  return {
    calls: calls.length,
    wrong: calls.filter(({ wrong }) => wrong).length,
    answered: answers.length,
    answerMs: answers.length === 0 ? undefined : median(answers),
  };
}

/** Failed calls in percent. */
export const failedPercent = ({ calls, wrong }: Pick<SideStats, 'calls' | 'wrong'>): number =>
  calls === 0 ? 0 : (wrong / calls) * 100;

/**
 * Compares a deployment's calls with production's. The deployment is worse if the difference is significant and at
 * least the limit.
 * @param look number of the check, from 1
 * @param at milliseconds since 1970
 */
export function judge(
  calls: { readonly deployment: readonly JudgedCall[]; readonly production: readonly JudgedCall[] },
  limits: { readonly errorPoints: number; readonly answerMs: number },
  look: number,
  at: number,
): Finding {
  const [deployment, production] = [statsOf(calls.deployment), statsOf(calls.production)];
  const level = levelOf(look);
  const part = ({ wrong, calls: of }: SideStats) => ({ hits: wrong, of });
  const errorsByChance =
    Math.min(deployment.calls, production.calls) === 0
      ? undefined
      : fisherGreater(part(deployment), part(production));
  const answersByChance =
    Math.min(deployment.answered, production.answered) < MIN_ANSWERED
      ? undefined
      : mannWhitneyGreater(answersOf(calls.deployment), answersOf(calls.production));
  const moreErrors = failedPercent(deployment) - failedPercent(production);
  const later = (deployment.answerMs ?? 0) - (production.answerMs ?? 0);
  const unlikely = (chance: number | undefined) => chance !== undefined && chance <= level;
  let worse: Finding['worse'];
  if (unlikely(errorsByChance) && moreErrors >= limits.errorPoints) worse = 'errors';
  else if (unlikely(answersByChance) && later >= limits.answerMs) worse = 'answers';
  return { look, at, deployment, production, errorsByChance, answersByChance, level, worse };
}
