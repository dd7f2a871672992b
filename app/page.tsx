// The start page and the call, which runs on the same page without navigation.
// `/?agent=line-check&deployment=staging` preselects an agent.

import { startProps } from '@/app/start-props';
import { here, visit } from '@/app/visit';
import { CallPage } from '@/components/call/call-page';
import { CALL, PageMessages } from '@/components/language/messages';
import { hasPermission } from '@/lib/auth/permissions';
import { server } from '@/lib/server';

const MESSAGES = [...CALL, 'letta', 'language'] as const;
/** Of the console, which developers can open in a call. */
const CONSOLE = ['callDetails', 'calls', 'endReasons', 'stages'] as const;

type Query = Promise<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function Page({ searchParams }: { readonly searchParams: Query }) {
  const { agent, deployment } = await searchParams;
  const who = await visit('/', here('/', await searchParams));
  const config = server().config;
  return (
    <PageMessages of={[...MESSAGES, ...(hasPermission(who, 'watch') ? CONSOLE : [])]}>
      <CallPage
        agent={one(agent)}
        deployment={hasPermission(who, 'dispatch') ? one(deployment) : undefined}
        firstAgent={config.AGENT_NAME?.[0]}
        {...startProps(config)}
      />
    </PageMessages>
  );
}
