// Why did no agent come? One verdict from what is known, by rules in the order of their certainty:
// what was seen to happen comes before what is only the case now, and what nobody knows is said so.
import { isDeployment, PRODUCTION } from '@/lib/core/deployment';
import { afterAssignment } from './assigned';
import { type Cause, seconds, type Verdict } from './cause';
import type { AskedFor, Evidence, Sent } from './evidence';
import { nobodyTookIt } from './unassigned';

/** Milliseconds in which the job of a warm process has joined on a busy machine. Our own choice. */
const JOINS_MS = 10_000;
/** Milliseconds in which an agent connects its media: a machine in a data centre takes under one second. */
const AGENT_MEDIA_MS = 8_000;
/** Milliseconds in which a browser connects its media, by ICE's own limit of 15 s. */
const MEDIA_MS = 15_000;
/** Milliseconds for a browser that has its token to reach the server. Our own choice. */
const REACHES_MS = 10_000;

/** Who was asked for last: by the events, else by what was sent. */
export function askedFor({ asked, events = [], live }: Evidence): AskedFor | undefined {
  if (asked) return asked;
  const told = events.findLast(
    ({ what }) => what.kind === 'dispatched' || what.kind === 'requested',
  );
  if (told && (told.what.kind === 'dispatched' || told.what.kind === 'requested')) {
    const { agent, deployment } = told.what;
    return { agent, deployment: deployment === PRODUCTION ? '' : deployment, at: told.at };
  }
  return live?.sent.filter(({ agent }) => agent !== '').toSorted((a, b) => b.at - a.at)[0];
}

const SERVER: Partial<Record<Evidence['server'], Cause>> = {
  unreachable: 'server-unreachable',
  secret: 'web-secret',
  key: 'web-key',
  clock: 'web-clock',
  other: 'server-refuses',
};

/** An agent that is or was there is nothing to explain, but one whose media is blocked is. */
function presence({ live, events = [], now }: Evidence): Verdict | undefined {
  const agents = live?.people.filter(({ isAgent }) => isAgent) ?? [];
  const here = agents.find(({ active }) => active);
  if (here) return { cause: 'there', agent: here.agent };
  const [stuck] = agents;
  if (stuck) {
    const waited = now - stuck.joinedAt;
    const cause = waited > AGENT_MEDIA_MS ? 'agent-media-blocked' : 'on-its-way';
    return { cause, agent: stuck.agent || undefined, seconds: seconds(waited) };
  }
  const came = events.findLast(({ what }) => what.kind === 'agent_joined');
  if (came?.what.kind !== 'agent_joined') return undefined;
  const left = events.findLast(({ at, what }) => at >= came.at && what.kind === 'agent_left');
  const reason = left?.what.kind === 'agent_left' ? left.what.why : undefined;
  return { cause: 'came', agent: came.what.agent, reason };
}

/** The caller did not get as far as to need an agent: LiveKit sends one when somebody joins. */
function caller(evidence: Evidence, asked: AskedFor | undefined): Verdict | undefined {
  const { live, events = [], now, webhookAt } = evidence;
  const people = live?.people.filter(({ isAgent }) => !isAgent) ?? [];
  const stuck = people.find(({ active, joinedAt }) => !active && now - joinedAt > MEDIA_MS);
  if (stuck && !people.some(({ active }) => active)) {
    return { cause: 'caller-media-blocked', seconds: seconds(now - stuck.joinedAt) };
  }
  const kinds = new Set(events.map(({ what }) => what.kind));
  const began = kinds.has('room_started') || kinds.has('person_joined') || live !== undefined;
  if (began || !kinds.has('token_minted') || !asked) return undefined;
  if (now - asked.at < REACHES_MS) return { cause: 'on-its-way', agent: asked.agent };
  // Where webhooks do not come either, that no room was told of means nothing.
  return webhookAt === undefined ? undefined : { cause: 'caller-never-came', agent: asked.agent };
}

/** Whether metadata names an agent, as people try who expect it to be sent for that way. */
function namedIn(metadata: string, { catalogue, reports }: Evidence): string | undefined {
  const names = [
    ...catalogue.map(({ name }) => name),
    ...reports.map(({ report }) => report.agent),
  ];
  return names.find((name) => name !== '' && metadata.includes(name));
}

/** Nobody was sent for, whatever was meant. */
function neverSent(evidence: Evidence, asked: AskedFor | undefined): Verdict | undefined {
  const { live, log = [], room, reports } = evidence;
  const refused = log.findLast((fact) => fact.what === 'bad deployment' && fact.room === room);
  if (refused && (!live || refused.at >= live.since - 1_000)) {
    return { cause: 'deployment-refused', agent: asked?.agent, reason: refused.line };
  }
  if (asked && !isDeployment(asked.deployment) && asked.deployment !== PRODUCTION) {
    return { cause: 'deployment-refused', agent: asked.agent, deployment: asked.deployment };
  }
  if (!live || live.sent.some(({ agent }) => agent !== '')) return undefined;
  if (asked) {
    const existed = live.since < asked.at - 1_000;
    return existed ? { cause: 'token-ignored', agent: asked.agent } : undefined;
  }
  const named = namedIn(live.metadata, evidence);
  if (named) return { cause: 'name-in-metadata', agent: named };
  const noJob = live.sent.every(({ jobs }) => jobs.length === 0);
  if (live.sent.length > 0 && noJob) {
    const workers = reports.map(({ report }) => report.agent);
    return { cause: 'automatic-expected', other: [...new Set(workers)].join(', ') || undefined };
  }
  return { cause: 'nobody-asked' };
}

/** The latest dispatch of who was asked for. */
const sentFor = ({ live }: Evidence, { agent, deployment }: AskedFor): Sent | undefined =>
  live?.sent
    .filter((sent) => sent.agent === agent && sent.deployment === deployment)
    .toSorted((a, b) => b.at - a.at)[0];

/** Why no agent came: one verdict, from the evidence alone. */
export function whyNoAgent(evidence: Evidence): Verdict {
  const faulty = SERVER[evidence.server];
  const asked = askedFor(evidence);
  const known = evidence.events?.length || asked || evidence.live;
  const seen = presence(evidence);
  if (seen?.cause === 'came' || seen?.cause === 'there') return seen;
  if (faulty) return { cause: faulty };
  if (!known) return { cause: evidence.events ? 'no-room' : 'unknown' };
  const early = seen ?? caller(evidence, asked) ?? neverSent(evidence, asked);
  if (early) return early;
  if (!asked) return { cause: 'unknown' };
  const sent = sentFor(evidence, asked);
  return (
    afterAssignment(evidence, asked, sent, JOINS_MS) ??
    nobodyTookIt(evidence, { ...asked, at: sent?.at ?? asked.at })
  );
}
