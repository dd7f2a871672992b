'use client';
// How many agents are on, on the deployment that is chosen: nothing until it is known.
import { lightOf, useAgents } from '@/components/call/agents-store';
import { useChoice } from '@/components/call/choice';
import { useMessages } from '@/components/language/language';
import { Chip } from '@/components/ui/chip';
import { mainMessages } from '@/lib/messages/main';

export function AgentsOn() {
  const { text } = useMessages(mainMessages);
  const known = useAgents();
  const { deployment } = useChoice();
  if (known.state !== 'known') return null;
  const count = known.agents.filter(
    ({ name }) => !['off', 'unknown'].includes(lightOf(known, name, deployment)),
  ).length;
  return (
    <Chip tone={count > 0 ? 'go' : 'off'} className="max-lg:hidden">
      {text.agentsOn(count)}
    </Chip>
  );
}
