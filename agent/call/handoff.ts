// Hands the caller over to another agent: brings it by a dispatch of its own, waits until it is
// there and the announcement was heard, and then gives it the word. Here are both sides: the agent
// that goes and the one that comes.
import { type JobContext, log, type voice } from '@livekit/agents';
import { type RemoteParticipant, RoomEvent } from '@livekit/rtc-node';
import { type CatalogueAgent, findAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import { PRODUCTION, shownDeployment, wireDeployment } from '../../lib/core/deployment';
import { unguessable } from '../../lib/core/ids';
import { keepLanguage } from '../../lib/dispatch/caller-language';
import { type HandOverBrief, writeBrief } from '../../lib/dispatch/handoff-context';
import { readCaller, writeCaller } from '../../lib/dispatch/known-caller';
import { AGENT_ATTRIBUTES, AGENT_STATE_ATTRIBUTE } from '../../lib/livekit/attributes';
import { type LiveKit, liveKit } from '../../lib/livekit/clients';
import { tellError } from '../reporting/session-events';
import type { TellCall } from '../reporting/tell-call';
import type { HandOver } from './agent-definition';
import { moveCaller } from './move-caller';
import { until } from './wait-for';

/** Milliseconds for the other agent to be there; then this one goes on. */
const COME_MS = 10_000;

/** The call that is handed over, and the agent in it. */
export interface Giving {
  readonly ctx: JobContext;
  readonly config: Config;
  readonly session: voice.AgentSession;
  readonly agent: CatalogueAgent;
  readonly tell: TellCall;
  /** Resolves when the announcement has been heard; the word is not given before. */
  readonly announced: () => Promise<void>;
  /** Told when the caller is asked to follow into another room. */
  readonly asked: () => void;
}

/** Wire name of the deployment to ask for: what the catalogue says, as far as that agent has it. */
export function handOverDeployment(to: CatalogueAgent, own: string): string {
  const wanted = to.handOver === undefined || to.handOver === 'same' ? own : to.handOver;
  return wireDeployment(to.deployments.includes(wanted) ? wanted : PRODUCTION);
}

/** What the other agent is told. */
function briefOf({ ctx, session, agent }: Giving, to: HandOver): HandOverBrief {
  const said = session.history.items.flatMap((item) => {
    if (item.type !== 'message' || !item.textContent) return [];
    if (item.role !== 'user' && item.role !== 'assistant') return [];
    const speaker = item.role === 'user' ? ('caller' as const) : ('agent' as const);
    return [{ speaker, text: item.textContent }];
  });
  return {
    kind: 'handover',
    from: {
      agent: agent.name,
      person: agent.person,
      identity: ctx.room.localParticipant?.identity ?? '',
    },
    summary: to.summary,
    caller: to.caller,
    said,
  };
}

/** The metadata of its dispatch: what it is told, who the caller is, and their language. */
function metadataOf({ ctx, config }: Giving, brief: HandOverBrief, room: string): string {
  const secret = config.LIVEKIT_API_SECRET;
  const told = keepLanguage(writeBrief(brief, { room, secret }), [ctx.job]);
  const caller = readCaller(ctx.job.metadata, { room: ctx.job.room?.name ?? '', secret });
  return caller === undefined ? told : writeCaller(caller, { room, secret }, told);
}

/** The other agent was sent for; `deployment` is the wire name. */
const sentFor = ({ agent }: HandOver, deployment: string) => ({
  kind: 'dispatched' as const,
  agent,
  deployment: shownDeployment(deployment),
  by: 'agent' as const,
});

/** Whether this is the agent that was sent for, joined and able to talk. */
const isReady = (agent: string) => (one: RemoteParticipant) =>
  one.attributes[AGENT_ATTRIBUTES.agent] === agent &&
  one.attributes[AGENT_ATTRIBUTES.waiting] === 'yes' &&
  one.attributes[AGENT_STATE_ATTRIBUTE] !== undefined;

const CHANGES = [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged] as const;

/** In the caller's room: the other joins beside this agent. */
async function inThisRoom(giving: Giving, lk: LiveKit, to: HandOver, deployment: string) {
  const { room } = giving.ctx;
  const name = room.name ?? '';
  const metadata = metadataOf(giving, briefOf(giving, to), name);
  const sent = await lk.dispatches.createDispatch(name, to.agent, { deployment, metadata });
  giving.tell({ ...sentFor(to, deployment), dispatch: sent.id });
  const there = () => [...room.remoteParticipants.values()].some(isReady(to.agent));
  if (await until(room, CHANGES, there, COME_MS)) {
    await giving.announced();
    return giving.ctx.room.name ?? '';
  }
  // Late, it would come in while this agent goes on.
  await lk.dispatches.deleteDispatch(sent.id, name);
  return false;
}

/** In a room made for it: the other waits there, and the caller's page follows. */
async function inNewRoom(giving: Giving, lk: LiveKit, to: HandOver, deployment: string) {
  const from = giving.ctx.room.name ?? '';
  const room = unguessable('call');
  const metadata = metadataOf(giving, { ...briefOf(giving, to), movedFrom: from }, room);
  const at = Date.now();
  const moved = await moveCaller(
    giving,
    lk,
    { room, agent: to.agent, deployment, metadata },
    COME_MS,
  );
  giving.tell(sentFor(to, deployment), at, room);
  if (!moved) await lk.rooms.deleteRoom(room).catch(() => undefined);
  return moved && room;
}

/** See `CallHandle.handOver`; whoever calls ends this agent's part of the call. */
export async function handOver(giving: Giving, to: HandOver): Promise<boolean> {
  const { config, session, agent, tell } = giving;
  const found = findAgent(to.agent);
  if (!found) throw new Error(`${to.agent} is not in lib/core/catalogue.ts`);
  const own = shownDeployment(config.LIVEKIT_AGENT_DEPLOYMENT);
  const deployment = handOverDeployment(found, own);
  // What the caller says from here on is for the other.
  session.input.setAudioEnabled(false);
  try {
    const bring = to.newRoom ? inNewRoom : inThisRoom;
    const room = await bring(giving, liveKit(config), to, deployment);
    if (room !== false) {
      tell({ kind: 'handed_over', from: agent.name, to: to.agent, room });
      tell({ kind: 'outcome', outcome: 'handed over' });
      return true;
    }
    log().warn(
      { agent: to.agent, deployment: shownDeployment(deployment) },
      'nobody came to take over',
    );
  } catch (error) {
    log().error({ error, agent: to.agent }, 'the call could not be handed over');
    tellError(tell, 'hand-over', error);
  }
  session.input.setAudioEnabled(true);
  return false;
}

/** Waits until the agent that hands over has given the word, or is gone. */
export async function waitForTheWord(ctx: JobContext, { from }: HandOverBrief): Promise<void> {
  const given = () => {
    const giver = ctx.room.remoteParticipants.get(from.identity);
    return !giver || Boolean(giver.attributes[AGENT_ATTRIBUTES.leaving]);
  };
  const events = [RoomEvent.ParticipantAttributesChanged, RoomEvent.ParticipantDisconnected];
  await until(ctx.room, events, given);
  // Nobody waits for LiveKit's answer to this, which can be five seconds late: the caller is listening.
  ctx.agent?.setAttributes({ [AGENT_ATTRIBUTES.waiting]: '' }).catch((error: unknown) => {
    log().warn({ error }, 'the page could not be told that this agent has the word');
  });
}
