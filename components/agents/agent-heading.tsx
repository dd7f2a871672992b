'use client';
// The heading of an agent's pages, and their tabs: those of features that exist, and that the visitor may see.
import { useTranslations } from 'next-intl';
import { useVisitor } from '@/components/accounts/visitor';
import { useAgentList } from '@/components/agents/agent-list';
import { Portrait } from '@/components/agents/portrait';
import { useCatalogue } from '@/components/language/catalogue';
import { Tabs } from '@/components/ui/tabs';
import type { ListedAgent } from '@/lib/agents/agent';
import { PAGES } from '@/lib/auth/pages';
import { pathSegment } from '@/lib/core/path-segment';

interface AgentTab {
  readonly name: 'overview' | 'test' | 'simulations' | 'rollout' | 'versions' | 'workers';
  /** The feature that it belongs to. */
  readonly feature?: string;
  /** Whether it has nothing to show for an agent. */
  readonly isEmpty?: (agent: ListedAgent) => boolean;
}

const TABS: readonly AgentTab[] = [
  { name: 'overview' },
  { name: 'test', feature: 'doctor' },
  { name: 'simulations', feature: 'simulations' },
  { name: 'rollout', feature: 'rollouts', isEmpty: ({ deployments }) => deployments.length < 2 },
  { name: 'versions' },
  { name: 'workers' },
];

/** The entry of an agent in the list, and its index; undefined and -1 once it has been removed. */
function useListed(name: string) {
  const list = useAgentList();
  const place = list.findIndex((one) => one.name === name);
  return { agent: list[place], place };
}

/** @param name agent name */
export function AgentTitle({ name }: { readonly name: string }) {
  const { agent, place } = useListed(name);
  const { roleOf } = useCatalogue();
  const role = agent && roleOf(agent);
  const person = agent?.person ?? name;
  return (
    <span className="flex items-center gap-3.5">
      <Portrait person={person} place={place} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {person}
        {role && (
          <span className="block font-normal font-sans text-base text-muted-foreground tracking-normal">
            <span className="sr-only">, </span>
            {role}
          </span>
        )}
      </span>
    </span>
  );
}

/** @param name agent name */
export function AgentTabs({ name }: { readonly name: string }) {
  const t = useTranslations('agents.tabs');
  const { rights, features } = useVisitor();
  const { agent } = useListed(name);
  const base = `/agents/${pathSegment(name)}`;
  const shown = TABS.filter(({ name: tab, feature, isEmpty }) => {
    const page = tab === 'overview' ? '/agents/[name]' : (`/agents/[name]/${tab}` as const);
    return (
      rights.includes(PAGES[page]) &&
      (!feature || features.includes(feature)) &&
      !(agent && isEmpty?.(agent))
    );
  });
  return (
    <Tabs
      label={t('label')}
      tabs={shown.map(({ name: tab }) => ({
        href: tab === 'overview' ? base : `${base}/${tab}`,
        label: t(tab),
      }))}
    />
  );
}
