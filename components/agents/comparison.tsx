'use client';
// How deployments or versions of an agent differ, in words.
import { useLocale, useTranslations } from 'next-intl';
import { describeDifference } from '@/components/agents/describe-difference';
import type { Figures } from '@/lib/calls/view/agent-stats';
import { compareStats, ENOUGH } from '@/lib/calls/view/agent-stats';
import type { Translate } from '@/lib/messages/messages';

/** How a deployment or version differs from another one. */
function found(
  one: Figures,
  base: Figures,
  t: Translate<'agents'>,
  locale: string,
): readonly string[] {
  const compared = compareStats(one, base);
  if (compared.few) return [t('compare.few', { enough: ENOUGH })];
  if (compared.differences.length === 0) return [t('compare.same')];
  return compared.differences.map((one) => describeDifference(one, t, locale));
}

/** Something with figures, and its name. */
export type Named = readonly [name: string, figures: Figures];

/** How one differs from the other. */
export function Comparison({ one, base }: { readonly one: Named; readonly base: Named }) {
  const t = useTranslations('agents');
  const locale = useLocale();
  return (
    <div className="mt-4 text-sm leading-relaxed">
      <h2 className="font-sans font-semibold text-sm tracking-normal [overflow-wrap:anywhere]">
        {t('compare.title', { one: one[0], base: base[0] })}
      </h2>
      <ul>
        {found(one[1], base[1], t, locale).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
