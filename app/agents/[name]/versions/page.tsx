// The versions of an agent, with their figures.
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
import { VersionsView } from '@/components/agents/versions-view';
import { PageLoading } from '@/components/shell/page-loading';
import type { WindowName } from '@/lib/calls/view/agent-stats';

export const generateMetadata = ({ params }: WindowProps) => titleOf(params, 'versions');

async function Versions(props: { readonly name: string; readonly window: WindowName }) {
  return <VersionsView {...props} first={await statsOf(props.window)} {...agentsNow()} />;
}

export default async function VersionsPage({ params, searchParams }: WindowProps) {
  const { name } = await params;
  await visit('/agents/[name]/versions', here(`/agents/${name}/versions`, await searchParams));
  const agent = await agentOf(params);
  if (!agent) notFound();
  return (
    <Suspense fallback={<PageLoading />}>
      <Versions name={agent.name} window={await windowIn(searchParams)} />
    </Suspense>
  );
}
