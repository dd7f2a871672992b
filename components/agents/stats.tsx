'use client';
// The figures of all agents in a time window, refreshed while a page is visible, and what is said when they cannot be loaded.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useAgents } from '@/components/agents/agents-store';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import type { AgentStatus, UnlistedAgent } from '@/lib/agents/answers';
import {
  statsAnswer,
  WINDOWS,
  type WindowName,
  type WindowStats,
} from '@/lib/calls/view/agent-stats';

/** Poll interval in milliseconds. */
const POLL_MS = 10_000;
/** Timeout in milliseconds. */
const TIMEOUT_MS = 10_000;

/** What the server knew when it rendered a page of agents. */
export interface FirstAgents {
  readonly agents: readonly AgentStatus[];
  readonly unlisted?: readonly UnlistedAgent[];
}

/** The state of the agents: what the server knew, until it was asked again. */
export function useAgentsSince({ agents, unlisted = [] }: FirstAgents) {
  const asked = useAgents();
  return asked.state === 'checking' ? ({ state: 'known', agents, unlisted } as const) : asked;
}

/**
 * The figures of a window, and a notice while they cannot be loaded.
 * @param first from the server; undefined if it could not read them
 */
export function useStats(
  window: WindowName,
  first: WindowStats | undefined,
): { readonly stats: WindowStats | undefined; readonly notice: ReactNode } {
  const t = useTranslations('agents.failed');
  const failureText = useFailureText();
  const { data, error, refetch } = useQuery({
    queryKey: ['agent-stats', window],
    queryFn: () =>
      request(`/api/agents/stats?window=${window}`, { timeoutMs: TIMEOUT_MS, schema: statsAnswer }),
    initialData: first,
    // Old figures stay until new ones arrive, so that the layout does not shift.
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
  const why = error ? failureText(error) : '';
  const notice = error && (
    <Notice tone="stop" title={t('title')} body={data ? t('old', { detail: why }) : why}>
      <Button onClick={() => void refetch()}>{t('again')}</Button>
    </Notice>
  );
  return { stats: data, notice };
}

/** Selects the time window by links, so that the URL of the page can be shared. */
export function WindowLinks({ chosen }: { readonly chosen: WindowName }) {
  const t = useTranslations('agents');
  const path = usePathname();
  return (
    <nav
      aria-label={t('window.label')}
      className="flex w-fit rounded-md border border-border bg-card p-1"
    >
      {WINDOWS.map((name) => (
        <Link
          key={name}
          href={`${path}?window=${name}`}
          scroll={false}
          aria-current={name === chosen ? 'page' : undefined}
          className={cn(
            'inline-flex min-h-9 items-center rounded-sm px-3.5 font-medium text-base transition-colors duration-150',
            name === chosen
              ? 'bg-accent text-foreground'
              : 'text-muted-foreground hover:text-foreground',
          )}
        >
          {t(`window.of.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
