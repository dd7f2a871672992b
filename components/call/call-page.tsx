'use client';
// `/`: the start page, and after Start call the call, on the same page without navigation.
import { useEffect } from 'react';
import { useVisitor } from '@/components/accounts/visitor';
import { isLettaKey, isShown, ownAgents } from '@/components/agents/agents-store';
import { chooseAgent, chooseDeployment } from '@/components/settings/choice';
import { findAgent, lettaAgent } from '@/lib/core/catalogue';
import { shownCall, useCall } from './call-store';
import type { StartProps } from './start-button';
import { offerToResume, prepareCall, startCall } from './start-call';
import { StartView } from './start-view';

interface CallPageProps extends StartProps {
  /** Names from the URL, not validated. */
  readonly agent: string | undefined;
  readonly deployment: string | undefined;
  /** Name of the agent that is selected first; undefined for the first one that is shown. */
  readonly firstAgent: string | undefined;
}

/**
 * The key of the agent in the URL. Whether Letta has that agent is only known later.
 * @param mayCall names of the agents that the visitor may call; undefined for all
 */
function keyOf(agent: string, mayCall: readonly string[] | undefined): string | undefined {
  const key = isLettaKey(agent) ? agent : ownAgents.find((one) => one.key === agent)?.key;
  const name = isLettaKey(agent) ? lettaAgent.name : agent;
  return !isShown(name) || mayCall?.includes(name) === false ? undefined : key;
}

export function CallPage({ agent, deployment, firstAgent, ...rest }: CallPageProps) {
  const call = useCall();
  const known = keyOf(agent ?? '', useVisitor().mayCall);
  const first = known ?? firstAgent ?? ownAgents[0]?.key ?? '';
  // Keys of Letta agents are not names.
  const served = (findAgent(agent ?? '') ?? findAgent(first) ?? lettaAgent).deployments;
  const asked = deployment !== undefined && served.includes(deployment) ? deployment : undefined;

  useEffect(() => {
    if (known) chooseAgent(known);
    chooseDeployment(asked);
  }, [known, asked]);

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
      first={{ agent: first, deployment: asked }}
      unknownAgent={known ? undefined : agent}
      unknownDeployment={asked === undefined ? deployment : undefined}
      {...rest}
    />
  );
}
