'use client';
// An agent in the list: who it is, its lights, and its calls of a week. The row leads to its page.
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LIGHT_TONES, type Light, lightOf, type useAgents } from '@/components/agents/agents-store';
import { None } from '@/components/agents/figures-table';
import { Portrait } from '@/components/agents/portrait';
import { Sparkline } from '@/components/agents/sparkline';
import { useCatalogue } from '@/components/language/catalogue';
import { cn } from '@/components/ui/cn';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStats } from '@/lib/calls/view/agent-stats';
import { duration } from '@/lib/core/figures';
import { pathSegment } from '@/lib/core/path-segment';

const INKS = { go: 'text-go', standby: 'text-standby', off: 'text-input' } as const;
const inkOf = (light: Light) => INKS[LIGHT_TONES[light] as keyof typeof INKS];

interface LightsProps {
  readonly agent: ListedAgent;
  readonly known: ReturnType<typeof useAgents>;
}

/** The deployments of an agent, each with its light in a word. */
function Lights({ agent: { name, deployments }, known }: LightsProps) {
  const t = useTranslations('agents.figures');
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:grid lg:gap-y-0.5">
      {deployments.map((deployment) => {
        const light = lightOf(known, name, deployment);
        return (
          <li key={deployment} className="flex min-w-0 items-center gap-1.5">
            <span className={cn('lamp flex-none', inkOf(light))} aria-hidden="true" />
            <span className="truncate">{deployment}</span>
            <span className="text-muted-foreground">
              {light === 'checking' ? t('checking') : t(`light.${light}`)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A figure above its label. */
function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="num font-medium text-base">{children}</dd>
    </div>
  );
}

/** Calls and response latency of all deployments in a week; nothing until they are loaded. */
function Week({ stats }: { readonly stats: readonly AgentStats[] }) {
  const t = useTranslations('agents');
  const locale = useLocale();
  const steps = stats[0]?.steps.map((_, at) =>
    stats.reduce((sum, one) => sum + (one.steps[at]?.calls ?? 0), 0),
  );
  // Medians of deployments cannot be added up: that of the first one with answers, which is named if there are several.
  const answered = stats.find(({ answer }) => answer.p50Ms !== undefined);
  const label = t('figures.answer');
  return (
    <>
      <dl className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-4 lg:w-68">
        <Figure label={t('figures.calls')}>
          {stats.reduce((sum, { calls }) => sum + calls, 0)}
        </Figure>
        <Figure
          label={
            answered && stats.length > 1
              ? t('row.on', { figure: label, deployment: answered.deployment })
              : label
          }
        >
          {answered?.answer.p50Ms === undefined ? (
            <None />
          ) : (
            duration(answered.answer.p50Ms, locale)
          )}
        </Figure>
      </dl>
      <div className="w-full max-lg:hidden lg:w-28">{steps && <Sparkline values={steps} />}</div>
    </>
  );
}

interface AgentRowProps {
  /** Agent name. */
  readonly name: string;
  /** Its entry in the list; undefined without one. */
  readonly agent: ListedAgent | undefined;
  /** Index in the list; -1 without one. */
  readonly place: number;
  readonly known: ReturnType<typeof useAgents>;
  /** Figures of its deployments; empty until they are loaded. */
  readonly stats: readonly AgentStats[];
  /** In the place of its lights. */
  readonly children?: ReactNode;
}

export function AgentRow({ name, agent, place, known, stats, children }: AgentRowProps) {
  const t = useTranslations('agents');
  const { roleOf } = useCatalogue();
  const person = agent?.person ?? name;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 px-4 py-4 has-[a:hover]:bg-accent/50 sm:px-5 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_auto_auto_1.25rem] lg:items-center">
      <div className="flex min-w-0 items-center gap-3 max-lg:pr-7">
        <Portrait person={person} place={place} small />
        <div className="min-w-0">
          {agent ? (
            <Link
              data-do={`open ${name}`}
              href={`/agents/${pathSegment(name)}`}
              // The whole row is the link.
              className="display block truncate rounded-sm text-lg after:absolute after:inset-0"
            >
              {person}
            </Link>
          ) : (
            <span className="display block truncate text-lg">{person}</span>
          )}
          <p className="truncate text-muted-foreground text-sm empty:hidden">
            {agent ? roleOf(agent) : t('notListed')}
          </p>
        </div>
      </div>
      <div className="min-w-0">{agent ? <Lights agent={agent} known={known} /> : children}</div>
      <Week stats={stats} />
      {agent && (
        <ChevronRight
          aria-hidden="true"
          className="size-5 text-muted-foreground max-lg:absolute max-lg:top-6 max-lg:right-4"
        />
      )}
    </li>
  );
}
