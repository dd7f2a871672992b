// Applies the rules to events in rooms. Events arrive late, twice, and out of order; none of this may add a second agent.
// Failover replaces the agent of a share that does not join.
import { z } from 'zod';
import { callOf } from '@/lib/calls/call-id';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { Recent } from '@/lib/core/recent';
import { recordRequest } from '@/lib/dispatch/request-events';
import { liveRoom } from '@/lib/dispatch/room-facts';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import { ruleLog } from './log';
import { type Facts, factsOfPerson, matchesRule } from './match';
import type { Rule } from './rule';
import type { RulesServer } from './server';
import { chooseDeployment, logMissed } from './share';

/** Milliseconds after which an event triggers no rule. LiveKit retries webhooks for 15 s. */
const EVENT_MAX_AGE_MS = 30_000;
/** Milliseconds for which ended rooms and departed participants are remembered. */
const GONE_MS = 10 * 60_000;
/** Milliseconds for which agents of rules are remembered: longer than any call. */
const DISPATCHED_MS = 24 * 3_600_000;
/** Most entries of each memory. */
const REMEMBERED = 20_000;

/** The facts of an event; undefined if no rule applies to it. */
function factsOf({ name, room, person }: RoomEvent): Facts | undefined {
  if (name === 'room_started') return { when: name, room: room.name, metadata: room.metadata };
  if (name !== 'participant_joined' || !person?.kind) return undefined;
  // An invited colleague takes over from an agent, so no rule may bring one back.
  if (person.attributes[PERSON_ATTRIBUTES.takeover]) return undefined;
  const { kind, metadata, attributes } = person;
  return { when: name, room: room.name, kind, ...factsOfPerson(metadata, attributes) };
}

/** News for the rule engines of other web processes. */
export const ruleNews = z.object({
  /** SID of a room that ended, or a participant who left. */
  gone: z.string().optional(),
  /** Key of an agent that a rule dispatched. */
  brought: z.string().optional(),
});
export type RuleNews = z.infer<typeof ruleNews>;

/** Applies the rules. One for each process; it gets the events of a room one at a time. */
export class RuleEngine {
  /** SIDs of ended rooms and departed participants. */
  readonly #gone = new Recent(GONE_MS, REMEMBERED);
  readonly #brought = new Recent(DISPATCHED_MS, REMEMBERED);

  constructor(
    readonly server: RulesServer,
    readonly rules: () => readonly Rule[],
    /** Sends news to other web processes. */
    readonly tell: (news: RuleNews) => void = () => {},
  ) {}

  /** Handles news of this or another process. */
  receive({ gone, brought }: RuleNews): void {
    if (gone !== undefined) this.#gone.set(gone, true);
    if (brought !== undefined) this.#brought.set(brought, true);
  }

  #publish(news: RuleNews): void {
    this.receive(news);
    this.tell(news);
  }

  /** @throws {Problem} 503 if LiveKit does not respond. */
  async take(event: RoomEvent): Promise<void> {
    const { name, room, person } = event;
    if (name === 'room_finished') return this.#publish({ gone: room.sid });
    if (name === 'participant_left') return this.#publish({ gone: person?.sid ?? '' });
    const facts = factsOf(event);
    if (facts) await this.#apply(event, facts);
  }

  async #apply(event: RoomEvent, facts: Facts): Promise<void> {
    const { room, person } = event;
    if (Date.now() - event.at > EVENT_MAX_AGE_MS) return;
    if (this.#gone.has(room.sid) || (person && this.#gone.has(person.sid))) return;
    const rules = this.rules().filter((rule) => matchesRule(rule, facts));
    if (rules.length === 0) return;
    // It may be another room of the same name: a late event must not dispatch agents to it.
    if ((await liveRoom(this.server.livekit, room.name))?.sid !== room.sid) return;
    for (const rule of rules) {
      await this.#dispatch(rule, event).catch((error) => {
        const what = `${JSON.stringify(rule.name)} for ${JSON.stringify(room.name)} failed`;
        ruleLog.error(what, error);
      });
    }
  }

  async #dispatch(rule: Rule, { room, person, heard }: RoomEvent): Promise<void> {
    const { agent, metadata } = rule.then;
    const key = `${room.sid} ${agent}`;
    if (this.#brought.has(key)) return;
    // Callers whom nothing identifies are chosen for a share one by one.
    const caller = person
      ? (callerKey(person.identity, person.attributes) ?? person.sid)
      : room.name;
    const { deployment, fallback, missed } = chooseDeployment(this.server, rule, caller);
    const { existing } = await ensureAgent(this.server, {
      room: room.name,
      agent,
      deployment,
      metadata,
      by: fallback ? 'share' : 'rule',
      fallback,
    });
    this.#publish({ brought: key });
    if (existing) return;
    // Callers with a token requested the call by it; telephone callers did not.
    if (person && !callOf(person.attributes)) {
      const asked = { name: agent, deployment };
      recordRequest(
        this.server,
        { room: room.name, roomSid: room.sid, at: heard },
        'rule',
        asked,
        person,
      );
    }
    if (missed) logMissed(room.name, agent, missed, deployment);
  }
}
