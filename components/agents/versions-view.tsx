'use client';
// The versions of an agent side by side: the latest of each deployment, with the figures of their calls.
import { useTranslations } from 'next-intl';
import { useDisplayName } from '@/components/agents/agent-list';
import { Comparison, type Named } from '@/components/agents/comparison';
import { WideFiguresTable } from '@/components/agents/figures-table';
import { type FirstAgents, useAgentsSince, useStats, WindowLinks } from '@/components/agents/stats';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { WindowName, WindowStats } from '@/lib/calls/view/agent-stats';

interface VersionsViewProps extends FirstAgents {
  /** Agent name. */
  readonly name: string;
  readonly window: WindowName;
  /** From the server; undefined if it could not read them. */
  readonly first: WindowStats | undefined;
}

export function VersionsView({ name, window, first, ...since }: VersionsViewProps) {
  const t = useTranslations('agents');
  const person = useDisplayName()(name);
  const { stats, notice } = useStats(window, first);
  const known = useAgentsSince(since);
  const status = known.agents.find((one) => one.name === name);
  const running = (status?.deployments ?? []).map(({ name: deployment, workerDetails }) => ({
    deployment,
    versions: [...new Set(workerDetails.flatMap(({ version }) => version || []))],
  }));
  const own = stats?.agents.filter(({ agent }) => agent === name) ?? [];
  const columns = own.flatMap(({ deployment, versions }) =>
    versions.map((one) => ({ deployment, version: one.version ?? '', stats: one })),
  );
  const caption = t('versions.caption', { person });
  return (
    <>
      <WindowLinks chosen={window} />
      {notice}
      {running.some(({ versions }) => versions.length > 0) && (
        <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-1">
          <li className="font-medium">{t('versions.running')}</li>
          {running.map(({ deployment, versions }) => (
            <li key={deployment} className="[overflow-wrap:anywhere]">
              <span className="text-muted-foreground">{deployment}</span>{' '}
              <span className="num text-sm">{versions.join(', ') || t('versions.none')}</span>
            </li>
          ))}
        </ul>
      )}
      {stats && columns.length === 0 && (
        <p className="mt-4 text-muted-foreground">
          {t('versions.single', { window: t(`window.last.${stats.window}`) })}
        </p>
      )}
      {columns.length > 0 && (
        <>
          <ScrollFrame
            label={caption}
            className="mt-4 rounded-lg border border-border bg-card px-4 py-2 sm:px-6"
          >
            <WideFiguresTable caption={caption} columns={columns} />
          </ScrollFrame>
          <p className="mt-2 text-muted-foreground text-sm">{t('versions.known')}</p>
          {own.map(({ deployment, versions: [one, base] }) => {
            if (!one || !base) return null;
            const named = (of: typeof one): Named => [
              t('versions.of', { deployment, version: of.version ?? '' }),
              of,
            ];
            return <Comparison key={deployment} one={named(one)} base={named(base)} />;
          })}
        </>
      )}
    </>
  );
}
