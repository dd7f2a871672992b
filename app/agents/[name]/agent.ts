// What the pages of an agent have in common: the agent in their URL, their titles, and what was known when they were rendered.
import { getTranslations } from 'next-intl/server';
import { listedAgent } from '@/lib/agents/registry';
import { currentAgents, unlistedAgents } from '@/lib/agents/status';
import { recentStats } from '@/lib/calls/store/read-stats';
import { WINDOWS, type WindowName } from '@/lib/calls/view/agent-stats';
import { nameInParam } from '@/lib/core/path-segment';
import type { Messages } from '@/lib/messages/messages';
import { server } from '@/lib/server';

export interface AgentProps {
  readonly params: Promise<{ readonly name: string }>;
}

/** Pages whose window of time is in the query: `?window=hour|day|week`; a day by default. */
export interface WindowProps extends AgentProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The agent in the URL; undefined if it is not in the list. */
export const agentOf = async (params: AgentProps['params']) =>
  listedAgent(server(), nameInParam((await params).name));

/** The title of a page of an agent in the browser. */
export async function titleOf(params: AgentProps['params'], tab: keyof Messages['agents']['tabs']) {
  const t = await getTranslations('agents');
  const person = (await agentOf(params))?.person ?? '';
  return { title: t('tab', { tab: t(`tabs.${tab}`), person }) };
}

/** What the server knows of the agents now. */
export const agentsNow = () => ({
  agents: currentAgents(server()),
  unlisted: unlistedAgents(server()),
});

/** The window in the query. */
export const windowIn = async (asked: WindowProps['searchParams']): Promise<WindowName> => {
  const { window } = await asked;
  return WINDOWS.find((one) => one === window) ?? 'day';
};

/** The figures of a window. If the database is unavailable, the page requests the route, which gives the reason. */
export const statsOf = (window: WindowName) => recentStats(server(), window).catch(() => undefined);
