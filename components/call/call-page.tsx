'use client';
// `/`: the start page, and after Start call the call, on the same page without navigation.
import { useEffect } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import { isLetta, isLettaKey } from '@/components/agents/agents-store';
import { shownCall, useCall } from '@/components/call/call-store';
import type { StartProps } from '@/components/call/start-button';
import { offerToResume, prepareCall, startCall } from '@/components/call/start-call';
import { StartView } from '@/components/call/start-view';
import { chooseAgent, chooseDeployment } from '@/components/settings/choice';
import type { ListedAgent } from '@/lib/agents/agent';
import { shownAgents } from '@/lib/core/app-config';

interface CallPageProps extends StartProps {
  /** Names from the URL, not validated. */
  readonly agent: string | undefined;
  readonly deployment: string | undefined;
  /** Name of the agent that is selected first; undefined for the first one that is shown. */
  readonly firstAgent: string | undefined;
}

/**
 * The key of the agent in the URL, and its entry in the list. Whether Letta has that agent is only known later.
 * @param agents those that the start page shows
 */
function inList(agents: readonly ListedAgent[], key: string) {
  const entry = agents.find((one) => (isLettaKey(key) ? isLetta(one) : one.name === key));
  return entry && { key, entry };
}

export function CallPage({ agent, deployment, firstAgent, ...rest }: CallPageProps) {
  const call = useCall();
  const agents = shownAgents(useAgentList());
  const asked = inList(agents, agent ?? '');
  const first = asked ?? inList(agents, firstAgent ?? '');
  const known = asked?.key;
  const served = (first?.entry ?? agents[0])?.deployments;
  const target = deployment !== undefined && served?.includes(deployment) ? deployment : undefined;

  useEffect(() => {
    if (known) chooseAgent(known);
    chooseDeployment(target);
  }, [known, target]);

  useEffect(() => {
    // Delayed so that it slows down neither the first paint nor the first click.
    const timer = setTimeout(prepareCall, 1_500);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => void offerToResume('/'), []);

  if (call.phase === 'interrupted') return <call.View was={call.was} onStart={startCall} />;
  const shown = shownCall(call);
  if (shown) return <shown.View session={shown.session} onStart={startCall} />;
  return (
    <StartView
      call={call}
      first={{ agent: first?.key, deployment: target }}
      unknownAgent={known ? undefined : agent}
      unknownDeployment={target === undefined ? deployment : undefined}
      {...rest}
    />
  );
}
