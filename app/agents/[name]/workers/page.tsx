// The workers of an agent.
import { notFound } from 'next/navigation';
import { type AgentProps, agentOf, agentsNow, titleOf } from '@/app/agents/[name]/agent';
import { visit } from '@/app/visit';
import { WorkersView } from '@/components/agents/workers-view';

export const generateMetadata = ({ params }: AgentProps) => titleOf(params, 'workers');

export default async function WorkersPage({ params }: AgentProps) {
  const { name } = await params;
  await visit('/agents/[name]/workers', `/agents/${name}/workers`);
  const agent = await agentOf(params);
  if (!agent) notFound();
  return <WorkersView name={agent.name} {...agentsNow()} />;
}
