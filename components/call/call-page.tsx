'use client';
// `/`: the start, and once Start call is pressed the call, on the same page without navigation.
import { useEffect } from 'react';
import { useVisitor } from '@/components/accounts/visitor';
import { catalogue, findAgent, lettaAgent } from '@/lib/core/catalogue';
import { prepareCall } from './call-code';
import { offerReturn, useCall } from './call-store';
import { isLettaKey, ownAgents } from './callable';
import { chooseAgent, chooseDeployment } from './choice';
import { StartView } from './start-view';

interface CallPageProps {
  /** Names from the address, unchecked. */
  readonly agent: string | undefined;
  readonly deployment: string | undefined;
  readonly joinTimeoutMs: number;
  /** Of LiveKit, as browsers reach it. */
  readonly serverUrl: string;
  /** Agents record the sound of calls. */
  readonly recorded: boolean;
  /** Calls may be listened to, and callers are told. */
  readonly monitored: boolean;
}

/**
 * The key in the address; whether Letta has that agent is known later.
 * @param mayCall names of the agents that the visitor may call, where these are not all
 */
function keyOf(agent: string, mayCall: readonly string[] | undefined): string | undefined {
  const key = isLettaKey(agent) ? agent : ownAgents.find((one) => one.key === agent)?.key;
  const name = isLettaKey(agent) ? lettaAgent.name : agent;
  return mayCall?.includes(name) === false ? undefined : key;
}

export function CallPage({ agent, deployment, ...rest }: CallPageProps) {
  const call = useCall();
  const known = keyOf(agent ?? '', useVisitor().mayCall);
  const served = (findAgent(agent ?? '') ?? catalogue[0]).deployments;
  const asked = deployment !== undefined && served.includes(deployment) ? deployment : undefined;

  useEffect(() => {
    if (known) chooseAgent(known);
    chooseDeployment(asked);
  }, [known, asked]);

  useEffect(() => {
    // After the page has settled, so that the first paint and the first press are not slowed down.
    const timer = setTimeout(prepareCall, 1_500);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => void offerReturn('/'), []);

  if (call.phase === 'interrupted') return <call.View was={call.was} />;
  const shown = call.phase === 'dialling' ? call.before : call;
  if (shown?.phase === 'live') return <shown.View session={shown.session} order={shown.order} />;
  return (
    <StartView
      call={call}
      first={{ agent: known ?? catalogue[0].name, deployment: asked }}
      unknownAgent={known ? undefined : agent}
      unknownDeployment={asked === undefined ? deployment : undefined}
      {...rest}
    />
  );
}
