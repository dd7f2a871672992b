// Computes a call's timeline from its events. The result does not depend on their order or on duplicates. Pure: it can
// be recomputed from the stored events at any time.

import { pickBy } from 'es-toolkit';
import {
  type CallSummary,
  type Mark,
  type Stage,
  type Timeline,
  TOPIC_MAX,
} from '@/lib/calls/call';
import type { EventKind, EventOf, StoredEvent } from '@/lib/calls/event';
import { endingOf, outcomeOf } from '@/lib/calls/timeline/ending';
import {
  type Clocks,
  compareText,
  corrected,
  inOrder,
  type OrderedEvent,
  rankOf,
} from '@/lib/calls/timeline/order';
import { isCaller } from '@/lib/calls/timeline/presence';
import { shownDeployment } from '@/lib/core/deployment';

// The set-up of a call as a waterfall, from the click to the agent's first audio. Each stage begins when the previous
// one is done.

/** The stages in order, and the event that completes each. */
const DONE_WITH = [
  ['token', 'token_minted'],
  ['room', 'room_started'],
  ['dispatch', 'dispatched'],
  ['job', 'job_assigned'],
  ['join', 'agent_joined'],
  ['first audio', 'first_audio'],
] as const;

/**
 * The completed stages, in milliseconds since the request. A stage begins when the latest of the previous ones is done:
 * a dispatch in the token is done before the room exists.
 */
function stagesOf(placed: readonly OrderedEvent[], requestedAt: number): Stage[] {
  const stages: Stage[] = [];
  for (const [name, kind] of DONE_WITH) {
    const done = placed.find(({ event, at }) => event.what.kind === kind && at >= requestedAt);
    if (!done) continue;
    const to = done.at - requestedAt;
    const before = stages.map((stage) => stage.to).filter((at) => at <= to);
    const { what } = done.event;
    const from =
      what.kind === 'token_minted' ? Math.max(0, to - Math.round(what.ms)) : Math.max(0, ...before);
    stages.push({ name, from, to });
  }
  return stages;
}

// The marks on a call's time axis: turns, tools, and all other events as moments.

/** @param caller the caller's name, for turns that were uploaded: they name nobody */
function markOf({ event, at }: OrderedEvent, clocks: Clocks, caller: string): Mark {
  const { what, id, source } = event;
  if (what.kind === 'turn') {
    const from = corrected(what.startedAt, event, clocks);
    const { speaker, text, typed = false, pressed, interrupted = false, latency = {} } = what;
    const by = what.by || (speaker === 'caller' ? caller : '');
    const to = Math.max(from, corrected(what.endedAt, event, clocks));
    const how = { typed, ...(pressed && { pressed }), interrupted };
    return { kind: 'turn', id, from, to, speaker, by, text, ...how, latency };
  }
  if (what.kind === 'tool') {
    const { tool, label, args, result, failed } = what;
    const to = at + Math.round(what.ms);
    return { kind: 'tool', id, from: at, to, tool, label, args, result, failed };
  }
  if (what.kind === 'spans') {
    const spans = what.spans.map((span) => ({
      ...span,
      startedAt: corrected(span.startedAt, event, clocks),
      endedAt: corrected(span.endedAt, event, clocks),
    }));
    return { kind: 'event', id, from: at, to: at, what: { ...what, spans }, source };
  }
  return { kind: 'event', id, from: at, to: at, what, source };
}

type Came = EventOf<'agent_joined' | 'person_joined'>;
const cameIn = (mark: Mark): Came | undefined => {
  if (mark.kind !== 'event') return undefined;
  const { what } = mark;
  return what.kind === 'agent_joined' || what.kind === 'person_joined' ? what : undefined;
};

/** LiveKit reports who joined, and so does the agent's worker: the first of these, with what each of them knows. */
function joinedOnce(marks: readonly Mark[]): Mark[] {
  const once: Mark[] = [];
  const present = new Map<string, number>();
  for (const mark of marks) {
    const came = cameIn(mark);
    const at = came && present.get(came.identity);
    const before = at === undefined ? undefined : once[at];
    if (came && at !== undefined && before?.kind === 'event') {
      const known = pickBy(came, (value) => value !== undefined && value !== '');
      const source =
        before.source === 'livekit' && mark.kind === 'event' ? mark.source : before.source;
      once[at] = { ...before, what: { ...before.what, ...known } as Came, source };
      continue;
    }
    if (came) present.set(came.identity, once.length);
    if (mark.kind === 'event' && 'identity' in mark.what && /_left$/.test(mark.what.kind))
      present.delete(mark.what.identity);
    once.push(mark);
  }
  return once;
}

const rank = (mark: Mark) => rankOf(mark.kind === 'event' ? mark.what.kind : mark.kind);

/** The marks in order, in milliseconds since `zero`; negative for earlier ones. */
function marksOf(placed: readonly OrderedEvent[], clocks: Clocks, zero: number): Mark[] {
  const caller = callerOf(placed);
  const marks = placed
    .map((one) => markOf(one, clocks, caller))
    .map((mark) => ({ ...mark, from: mark.from - zero, to: mark.to - zero }))
    .sort((a, b) => a.from - b.from || rank(a) - rank(b) || compareText(a.id, b.id));
  return joinedOnce(marks);
}

function first<K extends EventKind>(placed: readonly OrderedEvent[], kind: K) {
  const found = placed.find(({ event }) => event.what.kind === kind);
  return found && { at: found.at, what: found.event.what as EventOf<K> };
}

const all = <K extends EventKind>(placed: readonly OrderedEvent[], kind: K): EventOf<K>[] =>
  placed.map(({ event }) => event.what).filter((what): what is EventOf<K> => what.kind === kind);

/** Agents and deployments, the requested ones first, then in order of appearance. */
function staffOf(placed: readonly OrderedEvent[]) {
  const named = [...all(placed, 'requested'), ...all(placed, 'dispatched')];
  const came = all(placed, 'agent_joined');
  const list = (names: readonly string[]) => [...new Set(names.filter((name) => name !== ''))];
  const agents = list([...named, ...came].map(({ agent }) => agent));
  const deployments = list([...named, ...came].map(({ deployment }) => deployment));
  // An agent that took over, or a replacement from another deployment, says nothing about the version of the requested one.
  const asked = ({ agent, deployment }: Pick<EventOf<'agent_joined'>, 'agent' | 'deployment'>) =>
    agent === agents[0] && deployment === deployments[0];
  const joined = came.find((one) => one.version && asked(one));
  const uploaded = all(placed, 'agent_config').find(({ agent, deployment }) =>
    asked({ agent, deployment: shownDeployment(deployment) }),
  );
  return { agents, deployments, version: joined?.version ?? uploaded?.version };
}

function callerOf(placed: readonly OrderedEvent[]): string {
  const asked = all(placed, 'requested')[0];
  const came = all(placed, 'person_joined').find(isCaller);
  const fromOutcome = all(placed, 'outcome').find(({ caller }) => caller)?.caller;
  return asked?.name || came?.name || fromOutcome || asked?.identity || came?.identity || '';
}

/** Identifies the caller across calls: as in the request, else by the first caller who joined. */
function callerIdOf(placed: readonly OrderedEvent[]): string | undefined {
  const came = all(placed, 'person_joined').filter(isCaller);
  return [...all(placed, 'requested'), ...came].find(({ callerId }) => callerId)?.callerId;
}

/** The last agent's summary, else the first thing that the caller said or typed; its beginning if it is long. */
function topicOf(placed: readonly OrderedEvent[]): string | undefined {
  const summary = all(placed, 'summary').findLast(({ text }) => text.trim());
  const first = all(placed, 'turn').find(
    ({ speaker, pressed, text }) => speaker === 'caller' && !pressed && text,
  );
  const text = (summary ?? first)?.text.replaceAll(/\s+/g, ' ').trim();
  if (!text) return undefined;
  return text.length > TOPIC_MAX ? `${text.slice(0, TOPIC_MAX - 1)}…` : text;
}

function summaryOf(placed: readonly OrderedEvent[]): CallSummary {
  const earliest = placed[0] as OrderedEvent;
  const requested = first(placed, 'requested');
  const requestedAt = requested?.at ?? earliest.at;
  const named = placed.find(({ event }) => event.what.kind === 'requested') ?? earliest;
  const turns = all(placed, 'turn');
  const answers = turns.filter(({ speaker }) => speaker === 'agent');
  const tools = all(placed, 'tool');
  const ending = endingOf(placed, requestedAt);
  return {
    id: placed.find(({ event }) => event.call !== undefined)?.event.call ?? earliest.event.id,
    room: named.event.room,
    origin: requested?.what.origin ?? 'other',
    caller: callerOf(placed),
    account: requested?.what.account,
    callerId: callerIdOf(placed),
    ...staffOf(placed),
    requestedAt,
    startedAt: first(placed, 'room_started')?.at,
    joinedAt: first(placed, 'agent_joined')?.at,
    answeredAt: first(placed, 'first_audio')?.at,
    endedAt: ending?.at,
    endedBy: ending?.by,
    endReason: ending?.reason,
    outcome: outcomeOf(placed),
    topic: topicOf(placed),
    turns: turns.length,
    errors: all(placed, 'error').length,
    answerMs: answers.flatMap(({ latency }) =>
      latency?.firstAudio === undefined ? [] : [Math.round(latency.firstAudio)],
    ),
    agentTurns: answers.length,
    interruptions: answers.filter(({ interrupted }) => interrupted).length,
    toolCalls: tools.length,
    toolFailures: tools.filter(({ failed }) => failed).length,
  };
}

/**
 * The timeline of a call. The events may come in any order and with duplicates.
 * @param events at least one, all of the same call
 * @throws {RangeError} if there are none
 */
export function foldCall(events: readonly StoredEvent[]): Timeline {
  if (events.length === 0) throw new RangeError('A call has at least one event.');
  const { placed, clocks } = inOrder(events);
  const call = summaryOf(placed);
  return {
    call,
    stages: stagesOf(placed, call.requestedAt),
    marks: marksOf(placed, clocks, call.requestedAt),
    clocks: [...clocks]
      .filter(([, offsetMs]) => offsetMs !== 0)
      .map(([source, offsetMs]) => ({ source, offsetMs }))
      .sort((a, b) => (a.source < b.source ? -1 : 1)),
  };
}
