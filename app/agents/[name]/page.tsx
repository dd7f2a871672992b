// An agent: what runs where, its figures, and how its deployments differ.
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import {
  agentOf,
  agentsNow,
  statsOf,
  titleOf,
  type WindowProps,
  windowIn,
} from '@/app/agents/[name]/agent';
import { here, visit } from '@/app/visit';
import { Overview } from '@/components/agents/overview';
import { PageLoading } from '@/components/shell/page-loading';
import type { WindowName } from '@/lib/calls/view/agent-stats';

export const generateMetadata = ({ params }: WindowProps) => titleOf(params, 'overview');

async function Shown(props: { readonly name: string; readonly window: WindowName }) {
  return <Overview {...props} first={await statsOf(props.window)} {...agentsNow()} />;
}

export default async function AgentPage({ params, searchParams }: WindowProps) {
  const { name } = await params;
  await visit('/agents/[name]', here(`/agents/${name}`, await searchParams));
  const agent = await agentOf(params);
  if (!agent) notFound();
  return (
    <Suspense fallback={<PageLoading />}>
      <Shown name={agent.name} window={await windowIn(searchParams)} />
    </Suspense>
  );
}
