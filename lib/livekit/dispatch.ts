// LiveKit's dispatches of agents. Deployments are converted here to and from their names at LiveKit, where production
// is "": everywhere else it is "production".
import { AgentDispatch, type AgentDispatchClient, RoomAgentDispatch } from 'livekit-server-sdk';
import { shownDeployment, wireDeployment } from '@/lib/core/deployment';

/** An agent to dispatch. */
export interface AgentToDispatch {
  /** Agent name. */
  readonly name: string;
  readonly deployment: string;
  readonly metadata: string;
  /** Attributes of the job. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** The dispatch of an agent in the configuration of a room or token. */
export const roomAgentDispatch = ({ name, deployment, metadata, attributes }: AgentToDispatch) =>
  new RoomAgentDispatch({
    agentName: name,
    deployment: wireDeployment(deployment),
    metadata,
    attributes: { ...attributes },
  });

/** Dispatches an agent to a live room. LiveKit would create a room that is not live. */
export async function createDispatch(
  dispatches: AgentDispatchClient,
  room: string,
  { name, deployment, metadata, attributes = {} }: AgentToDispatch,
): Promise<AgentDispatch> {
  const options = { deployment: wireDeployment(deployment), metadata };
  if (Object.keys(attributes).length === 0) return dispatches.createDispatch(room, name, options);
  // livekit-server-sdk 2.19 has no option for attributes.
  const headers = await dispatches.authHeader({ roomAdmin: true, room });
  const asked = { room, agentName: name, ...options, attributes };
  // biome-ignore lint/complexity/useLiteralKeys: TypeScript lets this way through to a private member
  const rpc = dispatches['rpc'] as SdkRpc;
  const made = await rpc.request('AgentDispatchService', 'CreateDispatch', asked, headers);
  return AgentDispatch.fromJson(made, { ignoreUnknownFields: true });
}

interface SdkRpc {
  request(
    service: string,
    method: string,
    data: object,
    headers: Record<string, string>,
  ): Promise<Parameters<typeof AgentDispatch.fromJson>[0]>;
}

/** The deployment of a dispatch that LiveKit lists. */
export const deploymentOf = (dispatch: Pick<AgentDispatch, 'deployment'>): string =>
  shownDeployment(dispatch.deployment);
