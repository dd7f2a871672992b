// Does what the rules say when something happened in a room, and sees a share's agent come or sends
// another. What happened comes late, twice, and out of order: none of it may bring a second agent.
import { inspect } from 'node:util';
import { z } from 'zod';
import { callOf } from '@/lib/calls/call-id';
import type { EventPerson, RoomEvent } from '@/lib/calls/webhooks/event';
import { PRODUCTION, shownDeployment, wireDeployment } from '@/lib/core/deployment';
import { Recent } from '@/lib/core/recent';
import { ensureAgent } from '@/lib/dispatch/ensure-agent';
import { milliseconds } from '@/lib/dispatch/presence';
import { liveRoom } from '@/lib/dispatch/room-facts';
import { tellRequest } from '@/lib/dispatch/tell-requests';
import { AGENT_ATTRIBUTES, callerKey, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { fallBack } from './fall-back';
import { ruleLog } from './log';
import { type Facts, factsOfPerson, holds } from './match';
import type { Rule } from './rule';
import { chooseDeployment, logMissed } from './share';
import { agentKey, type SharedAgent, ShareWatch } from './share-watch';

/** Milliseconds after which an event fires no rule. LiveKit tries to deliver for 15 s. */
const LATE_MS = 30_000;
/** Milliseconds for which is remembered what is over. */
const GONE_MS = 10 * 60_000;
/** Milliseconds in which an agent that was given up may still come: the longest start of a job. */
const GIVEN_UP_MS = 60_000;
/** Milliseconds for which is remembered which agents a rule brought: longer than any call. */
const BROUGHT_MS = 24 * 3_600_000;
/**
 * Milliseconds in which a token's dispatch can be the one its caller is waiting for. It is made with the token: a
 * caller may be asked for their microphone and connect slowly after that.
 */
const YOUNG_MS = 60_000;
/** Entries that each memory has at most. */
const REMEMBERED = 20_000;

/** What a rule can ask about this event; undefined where no rule is meant. */
function factsOf({ name, room, person }: RoomEvent): Facts | undefined {
  if (name === 'room_started') return { when: name, room: room.name, metadata: room.metadata };
  if (name !== 'participant_joined' || !person?.kind) return undefined;
  // A colleague who was invited takes the word from an agent: no rule brings one back.
  if (person.attributes[PERSON_ATTRIBUTES.takeover]) return undefined;
  const { kind, metadata, attributes } = person;
  return { when: name, room: room.name, kind, ...factsOfPerson(metadata, attributes) };
}

/** What one process's keeper tells those of the others. */
export const keeperNews = z.object({
  /** Sid of a room that ended, or of somebody who left. */
  gone: z.string().optional(),
  /** Key of an agent that a rule brought. */
  brought: z.string().optional(),
  /** An agent that came. */
  came: z.object({ roomSid: z.string(), agent: z.string() }).optional(),
  /** An agent that is not wanted any more from this deployment. */
  givenUp: z.object({ key: z.string(), deployment: z.string() }).optional(),
});
export type KeeperNews = z.infer<typeof keeperNews>;

/** Keeps the rules. One for the process; it is given the events of a room one at a time. */
export class RuleKeeper {
  /** Rooms that ended and people who left, by their sid. */
  readonly #gone = new Recent(GONE_MS, REMEMBERED);
  readonly #brought = new Recent(BROUGHT_MS, REMEMBERED);
  /** Deployments (shown name) from which an agent is not wanted any more. */
  readonly #givenUp = new Recent<string>(GIVEN_UP_MS, REMEMBERED);
  readonly #watch = new ShareWatch((sent) => void this.#late(sent));

  constructor(
    readonly livekit: () => LiveKit,
    readonly rules: () => readonly Rule[],
    /** Tells the keepers of other web processes. */
    readonly tell: (news: KeeperNews) => void = () => {},
  ) {}

  /** Takes in what happened here or, told by {@link tell}, to another process. */
  hear({ gone, brought, came, givenUp }: KeeperNews): void {
    if (gone !== undefined) this.#gone.set(gone, true);
    if (brought !== undefined) this.#brought.set(brought, true);
    if (came) this.#watch.arrived(came.roomSid, came.agent);
    if (givenUp) this.#givenUp.set(givenUp.key, givenUp.deployment);
  }

  #know(news: KeeperNews): void {
    this.hear(news);
    this.tell(news);
  }

  /** @throws {Problem} 503 where LiveKit does not answer. */
  async take(event: RoomEvent): Promise<void> {
    const { name, room, person } = event;
    if (name === 'room_finished') return this.#know({ gone: room.sid });
    if (name === 'participant_left') return this.#know({ gone: person?.sid ?? '' });
    if (person?.kind === 'agent') await this.#agentCame(room, person);
    const facts = factsOf(event);
    if (facts) await this.#fire(event, facts);
  }

  async #fire(event: RoomEvent, facts: Facts): Promise<void> {
    const { room, person } = event;
    if (Date.now() - event.at > LATE_MS) return;
    if (this.#gone.has(room.sid) || (person && this.#gone.has(person.sid))) return;
    const rules = this.rules().filter((rule) => holds(rule, facts));
    const shared = person?.attributes[PERSON_ATTRIBUTES.share];
    if (rules.length === 0 && !shared) return;
    // A room of the same name is another one: a late event must not send anybody there.
    if ((await liveRoom(this.livekit(), room.name))?.sid !== room.sid) return;
    if (shared) await this.#watchToken(event, shared);
    for (const rule of rules) {
      await this.#bring(rule, event).catch((error) => {
        ruleLog.error(
          `${JSON.stringify(rule.name)} for ${JSON.stringify(room.name)} failed: ${inspect(error)}`,
        );
      });
    }
  }

  async #bring(rule: Rule, { room, person, heard }: RoomEvent): Promise<void> {
    const { agent, metadata } = rule.then;
    const key = agentKey(room.sid, agent);
    if (this.#brought.has(key)) return;
    const caller = person ? callerKey(person.identity, person.attributes) : room.name;
    const { deployment, fallback, missed } = chooseDeployment(rule, caller);
    const { dispatchId, existing } = await ensureAgent(this.livekit(), {
      room: room.name,
      agent,
      deployment: wireDeployment(deployment),
      metadata,
      by: fallback ? 'share' : 'rule',
    });
    this.#know({ brought: key });
    if (existing) return;
    // Who comes with a token has asked for the call by it; who phones has not.
    if (person && !callOf(person.attributes)) {
      const asked = { name: agent, deployment: wireDeployment(deployment) };
      tellRequest({ room: room.name, roomSid: room.sid, at: heard }, 'rule', asked, person);
    }
    if (missed) logMissed(room.name, agent, missed, deployment);
    if (!fallback) return;
    const sent = { room, agent, metadata, dispatchId, deployment, fallback, caller: person?.sid };
    this.#watch.begin(sent, heard);
  }

  /** A page's call that a share took: its token sent the agent. */
  async #watchToken({ room, person, heard }: RoomEvent, deployment: string): Promise<void> {
    const dispatches = await asked(this.livekit().dispatches.listDispatch(room.name), []);
    const sent = dispatches.find(
      (one) =>
        shownDeployment(one.deployment) === deployment &&
        Date.now() - milliseconds(one.state?.createdAt ?? 0n) < YOUNG_MS,
    );
    if (!sent) return;
    const { id: dispatchId, agentName: agent, metadata } = sent;
    this.#watch.begin(
      { room, agent, metadata, dispatchId, deployment, fallback: PRODUCTION, caller: person?.sid },
      heard,
    );
  }

  async #late(sent: SharedAgent): Promise<void> {
    const { room, agent, deployment, caller } = sent;
    if (caller && this.#gone.has(caller)) return;
    const givenUp = () => this.#know({ givenUp: { key: agentKey(room.sid, agent), deployment } });
    await fallBack(this.livekit(), sent, givenUp).catch((error) => {
      ruleLog.error(
        `no way back from ${deployment} for ${JSON.stringify(room.name)}: ${inspect(error)}`,
      );
    });
  }

  /** The agent that was waited for, or one that was given up and comes after all. */
  async #agentCame(room: RoomEvent['room'], { identity, attributes }: EventPerson): Promise<void> {
    const agent = attributes[AGENT_ATTRIBUTES.agent];
    if (agent === undefined) return;
    const givenUp = this.#givenUp.get(agentKey(room.sid, agent));
    if (givenUp === undefined || givenUp !== attributes[AGENT_ATTRIBUTES.deployment]) {
      return this.#know({ came: { roomSid: room.sid, agent } });
    }
    await asked(this.livekit().rooms.removeParticipant(room.name, identity), undefined);
    ruleLog.info(
      `${agent} on ${givenUp} came to ${JSON.stringify(room.name)} too late and was put out`,
    );
  }
}
