'use client';
// `/`: the start, and once Start call is pressed the call, on the same page without navigation.
import { useEffect } from 'react';
import { catalogue, findAgent } from '@/lib/catalogue';
import { prepareCall, useCall } from './call-store';
import { isLettaKey, ownAgents } from './callable';
import { chooseAgent, chooseDeployment } from './choice';
import { StartView } from './start-view';

interface CallPageProps {
  /** Names from the address, unchecked. */
  readonly agent: string | undefined;
  readonly deployment: string | undefined;
  readonly joinTimeoutMs: number;
  /** Agents record the sound of calls. */
  readonly recorded: boolean;
}

/** The key in the address; whether Letta has that agent is known later. */
const keyOf = (agent: string) =>
  isLettaKey(agent) ? agent : ownAgents.find(({ key }) => key === agent)?.key;

export function CallPage({ agent, deployment, joinTimeoutMs, recorded }: CallPageProps) {
  const call = useCall();
  const known = keyOf(agent ?? '');
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

  const shown = call.phase === 'dialling' ? call.before : call;
  if (shown?.phase === 'live') return <shown.View session={shown.session} order={shown.order} />;
  return (
    <StartView
      call={call}
      first={{ agent: known ?? catalogue[0].name, deployment: asked }}
      unknownAgent={known ? undefined : agent}
      unknownDeployment={asked === undefined ? deployment : undefined}
      joinTimeoutMs={joinTimeoutMs}
      recorded={recorded}
    />
  );
}
