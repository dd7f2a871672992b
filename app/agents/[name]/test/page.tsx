// Test calls to an agent, on each of its deployments.
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { type AgentProps, agentOf, titleOf } from '@/app/agents/[name]/agent';
import { visit } from '@/app/visit';
import { TestCalls } from '@/components/doctor/test-calls';
import { PageMessages } from '@/components/language/messages';
import { languageOf } from '@/lib/core/language';
import { examinationPlan } from '@/lib/doctor/examine';
import { server } from '@/lib/server';

export const generateMetadata = ({ params }: AgentProps) => titleOf(params, 'test');

export default async function TestPage({ params }: AgentProps) {
  const { name } = await params;
  await visit('/agents/[name]/test', `/agents/${name}/test`);
  const agent = await agentOf(params);
  if (!agent) notFound();
  const plan = examinationPlan(server(), languageOf(await headers()), agent.name);
  return (
    <PageMessages of={['doctor']}>
      <TestCalls agent={agent.name} plan={plan} />
    </PageMessages>
  );
}
