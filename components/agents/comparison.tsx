'use client';
// How deployments and versions of an agent differ: in words, and the versions side by side.
import { useLocale, useTranslations } from 'next-intl';
import { describeDifference } from '@/components/agents/describe-difference';
import { WideFiguresTable } from '@/components/agents/figures-table';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { AgentStats, Figures } from '@/lib/calls/view/agent-stats';
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
      <h3 className="font-semibold [overflow-wrap:anywhere]">
        {t('compare.title', { one: one[0], base: base[0] })}
      </h3>
      <ul>
        {found(one[1], base[1], t, locale).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

interface VersionsProps {
  readonly person: string;
  readonly stats: readonly AgentStats[];
}

/** The versions of each deployment that has several, folded; nothing if none has. */
export function Versions({ person, stats }: VersionsProps) {
  const t = useTranslations('agents.versions');
  const columns = stats.flatMap(({ deployment, versions }) =>
    versions.map((one) => ({ deployment, version: one.version ?? '', stats: one })),
  );
  if (columns.length === 0) return null;
  return (
    <details className="mt-3 text-sm">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm font-medium underline underline-offset-3">
        {t('title')}
        <span className="sr-only">: {person}</span>
      </summary>
      <p className="text-muted-foreground">{t('known')}</p>
      <ScrollFrame label={t('caption', { person })}>
        <WideFiguresTable caption={t('caption', { person })} columns={columns} />
      </ScrollFrame>
      {stats.map(({ deployment, versions: [one, base] }) => {
        if (!one || !base) return null;
        const named = (of: typeof one): Named => [
          t('of', { deployment, version: of.version ?? '' }),
          of,
        ];
        return <Comparison key={deployment} one={named(one)} base={named(base)} />;
      })}
    </details>
  );
}
