// The versions, checks and reasons of a rollout in words.
import { duration } from '@/lib/core/figures';
import { number } from '@/lib/core/format';
import type { Translate } from '@/lib/messages/messages';
import type { Finding, RolloutReason, SideStats } from '@/lib/rollouts/answers';
import { failedPercent } from '@/lib/rollouts/judge';

type Words = Translate<'rollouts'>;

/** A version, which is unknown if its workers do not report it. */
export const versionName = (version: string | undefined, t: Words): string =>
  version === undefined ? t('versionUnknown') : t('version', { version });

/** The result of a check: errors, and latencies if both deployments have answered. */
export function checkResult(finding: Finding, t: Words, locale: string): readonly string[] {
  const { deployment: own, production, errorsByChance, answersByChance, level } = finding;
  const verdict = (p: number) =>
    t('check.verdict', {
      chance:
        p < 0.001
          ? t('check.rare')
          : t('check.chance', { cases: number(p * 100, locale, p < 0.1 ? 1 : 0) }),
      significant: String(p <= level),
    });
  const share = (of: SideStats) =>
    t('check.share', { wrong: of.wrong, calls: of.calls, percent: failedPercent(of) });
  const failed = t('check.failed', {
    own: share(own),
    production: share(production),
    verdict: errorsByChance === undefined ? t('check.nothing') : verdict(errorsByChance),
  });
  if (own.answerMs === undefined || production.answerMs === undefined) return [failed];
  const latency = t('check.latency', {
    own: duration(own.answerMs, locale),
    production: duration(production.answerMs, locale),
    verdict: answersByChance === undefined ? t('check.few') : verdict(answersByChance),
  });
  return [failed, latency];
}

/** Why a rollout was changed. */
export function reasonText(reason: RolloutReason, t: Words, locale: string): string {
  switch (reason.kind) {
    case 'said':
      return reason.text;
    case 'worse': {
      const [failed = '', latency = ''] = checkResult(reason.finding, t, locale);
      return reason.finding.worse === 'errors' ? failed : latency;
    }
    case 'simulations':
      return t('reasons.simulations', { failed: reason.failed.join(', ') });
    case 'version':
      return t('reasons.version', { found: reason.found.join(', ') });
  }
}
