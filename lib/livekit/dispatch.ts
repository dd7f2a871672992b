// LiveKit's dispatches of agents. Here a deployment gets its name on LiveKit's wire, or loses it: everywhere else,
// production is "production".
import {
  type AgentDispatch,
  type AgentDispatchClient,
  RoomAgentDispatch,
} from 'livekit-server-sdk';
import { shownDeployment, wireDeployment } from '@/lib/core/deployment';

/** An agent to dispatch. */
export interface AgentToDispatch {
  /** Agent name. */
  readonly name: string;
  readonly deployment: string;
  readonly metadata: string;
}

/** The dispatch of an agent in the configuration of a room or token. */
export const roomAgentDispatch = ({ name, deployment, metadata }: AgentToDispatch) =>
  new RoomAgentDispatch({
    agentName: name,
    deployment: wireDeployment(deployment),
    metadata,
  });

/** Dispatches an agent to a live room. LiveKit would create a room that is not live. */
export const createDispatch = (
  dispatches: AgentDispatchClient,
  room: string,
  { name, deployment, metadata }: AgentToDispatch,
): Promise<AgentDispatch> =>
  dispatches.createDispatch(room, name, { deployment: wireDeployment(deployment), metadata });

/** The deployment of a dispatch that LiveKit lists. */
export const deploymentOf = (dispatch: Pick<AgentDispatch, 'deployment'>): string =>
  shownDeployment(dispatch.deployment);
