// Applies the rules to events in rooms. Events arrive late, twice, and out of order; none of this may add a second agent.
// Failover replaces the agent of a share that does not join.

import { z } from 'zod';
import { callOf } from '@/lib/calls/call-id';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { publish, subscribe } from '@/lib/cluster/pubsub';
import { growingCache } from '@/lib/core/growing-cache';
import { addRequestEvent } from '@/lib/dispatch/request-events';
import { liveRoom } from '@/lib/dispatch/room-facts';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import type { Destination, PageCall } from '@/lib/dispatch/server';
import { chooseDeployment, logMissed } from '@/lib/dispatch/share';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import { ruleLog } from '@/lib/rules/log';
import { type Facts, factsOfPerson, matchesRule } from '@/lib/rules/match';
import type { Rule } from '@/lib/rules/rule';
import type { RulesServer } from '@/lib/rules/server';
import { rulesInForce } from '@/lib/rules/store';

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

/** Nothing was seen yet. */
export const noMemory = (): RulesServer['ruleMemory'] => ({
  gone: growingCache(GONE_MS, REMEMBERED),
  dispatched: growingCache(DISPATCHED_MS, REMEMBERED),
});

/** What another web process has seen. */
const news = z.object({
  /** SID of a room that ended, or a participant who left. */
  gone: z.string().optional(),
  /** Key of an agent that a rule dispatched. */
  dispatched: z.string().optional(),
});
type News = z.infer<typeof news>;
const TOPIC = 'rules-applied';

function remember({ ruleMemory }: RulesServer, { gone, dispatched }: News): void {
  if (gone !== undefined) ruleMemory.gone.set(gone, true);
  if (dispatched !== undefined) ruleMemory.dispatched.set(dispatched, true);
}

/** Remembers it in all web processes. */
function announce(server: RulesServer, seen: News): void {
  remember(server, seen);
  publish(server, TOPIC, seen);
}

/** Remembers what other web processes have seen, from now on. */
export function followOtherEngines(server: RulesServer): void {
  subscribe(server, TOPIC, news, (seen) => remember(server, seen));
}

/** Applies the rules to an event. The events of a room come one at a time. @throws {Problem} 503 if LiveKit does not respond */
export async function applyRules(server: RulesServer, event: RoomEvent): Promise<void> {
  const { name, room, person } = event;
  if (name === 'room_finished') return announce(server, { gone: room.sid });
  if (name === 'participant_left') return announce(server, { gone: person?.sid ?? '' });
  const facts = factsOf(event);
  if (!facts || Date.now() - event.at > EVENT_MAX_AGE_MS) return;
  const { gone } = server.ruleMemory;
  if (gone.has(room.sid) || (person && gone.has(person.sid))) return;
  const rules = rulesInForce(server).filter((rule) => matchesRule(rule, facts));
  if (rules.length === 0) return;
  // It may be another room of the same name: a late event must not dispatch agents to it.
  if ((await liveRoom(server.livekit, room.name))?.sid !== room.sid) return;
  for (const rule of rules) {
    await applyRule(server, rule, event).catch((error) => {
      const what = `${JSON.stringify(rule.name)} for ${JSON.stringify(room.name)} failed`;
      ruleLog.error(what, error);
    });
  }
}

/** What a rule dispatches. */
export const destinationOf = ({ name, then: { agent, deployment, share } }: Rule): Destination => ({
  agent,
  deployment,
  share: share && { ...share, seed: name },
});

async function applyRule(server: RulesServer, rule: Rule, event: RoomEvent): Promise<void> {
  const { room, person, heard } = event;
  const { agent, metadata } = rule.then;
  const key = `${room.sid} ${agent}`;
  if (server.ruleMemory.dispatched.has(key)) return;
  // Callers whom nothing identifies are chosen for a share one by one.
  const caller = person ? (callerKey(person.identity, person.attributes) ?? person.sid) : room.name;
  const choice = chooseDeployment(server, destinationOf(rule), caller);
  const { deployment, fallback, missed } = choice;
  const { existing } = await ensureAgent(server, {
    room: room.name,
    agent,
    deployment,
    metadata,
    by: fallback ? 'share' : 'rule',
    fallback,
  });
  announce(server, { dispatched: key });
  if (existing) return;
  // Callers with a token requested the call by it; telephone callers did not.
  if (person && !callOf(person.attributes)) {
    const asked = { name: agent, deployment };
    const at = { room: room.name, roomSid: room.sid, at: heard };
    addRequestEvent(server, at, 'rule', asked, person);
  }
  if (missed) logMissed(room.name, agent, missed, deployment);
}

/** What the first rule that matches a page's call would dispatch; undefined without one. */
export function destinationFor(server: RulesServer, call: PageCall): Destination | undefined {
  const { room, metadata = '', attributes, agent } = call;
  const starts = { when: 'room_started', room, metadata: '' } as const;
  const joins = { when: 'participant_joined', room, kind: 'standard' } as const;
  const caller = { ...joins, ...factsOfPerson(metadata, attributes) };
  const rule = rulesInForce(server).find(
    (one) => one.then.agent === agent && (matchesRule(one, starts) || matchesRule(one, caller)),
  );
  return rule && destinationOf(rule);
}
