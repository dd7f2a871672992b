// The geometry of a call's chart: lanes, axis length, ticks, and groups of marks that are few enough to choose from. Pure;
// `components/calls/` draws it.

import { median } from 'es-toolkit';
import type { CallSummary, Mark, Timeline } from '@/lib/calls/call';
import type { EventKind } from '@/lib/calls/event';
import { addUsage, type ModelUsage } from '@/lib/calls/usage';
import { groupBy } from '@/lib/core/group-by';

/** Milliseconds by which the axis of a call in progress grows: large steps, so that the chart rarely moves. */
const LIVE_STEP_MS = 30_000;
/** Round distances between ticks, milliseconds. */
const TICK_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map(
  (seconds) => seconds * 1_000,
);
/** Maximum number of distances between visible ticks: four labels fit on a phone. */
const IN_VIEW_MAX = 4;
/**
 * Maximum number of distances on the whole axis: a call that ends weeks after its request, because a clock was wrong or
 * nobody ended it, would have a hundred thousand. Our own choice: 16 hours in steps of a minute.
 */
const TICKS_MAX = 1_000;

/** Events shown in the chart. The others appear in the list only. */
const SHOWN: readonly EventKind[] = [
  'job_refused',
  'agent_joined',
  'person_joined',
  'person_left',
  'connection',
  'error',
  'handed_off',
  'outcome',
  'agent_left',
  'ended',
];

/**
 * Whether it is known what is said: our worker reports it during the call, and the history of an uploaded session has it
 * after the call. A history begins with what the agent is; traces come without it. Otherwise, a call without turns may
 * have had some.
 */
export const isReported = ({ marks }: Pick<Timeline, 'marks'>): boolean =>
  marks.some(
    (mark) =>
      mark.kind === 'event' && (/^worker:/.test(mark.source) || mark.what.kind === 'agent_config'),
  );

/** Whether a transcript is missing that the worker of an agent can upload: an agent was there, and nobody reports. */
export const awaitsUpload = (timeline: Pick<Timeline, 'marks'>): boolean =>
  !isReported(timeline) &&
  timeline.marks.some((mark) => mark.kind === 'event' && mark.what.kind === 'agent_joined');

/** A row of the chart: one speaker, the tools, or the events. */
export interface Lane {
  readonly key: string;
  readonly kind: 'caller' | 'agent' | 'person' | 'tools' | 'events';
  /** Name of the speaker; empty for tools and events. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

const laneKey = (mark: Mark): string => {
  if (mark.kind === 'tool') return 'tools';
  if (mark.kind === 'event') return 'events';
  return mark.speaker === 'caller' ? 'caller' : `${mark.speaker}:${mark.by}`;
};
const ORDER: readonly Lane['kind'][] = ['caller', 'agent', 'person', 'tools', 'events'];

/** The lanes from top to bottom: the caller, agents and people in the order they first spoke, tools, events. */
export function lanesOf({ marks }: Pick<Timeline, 'marks'>): Lane[] {
  const shown = marks.filter((mark) => mark.kind !== 'event' || SHOWN.includes(mark.what.kind));
  const lanes = [...groupBy(shown, laneKey)].map(([key, own]): Lane => {
    const turn = own.find(isTurn);
    if (turn) return { key, kind: turn.speaker, label: turn.by, marks: own };
    return { key, kind: key === 'tools' ? 'tools' : 'events', label: '', marks: own };
  });
  return ORDER.flatMap((kind) => lanes.filter((lane) => lane.kind === kind));
}

export type Turn = Extract<Mark, { kind: 'turn' }>;
export const isTurn = (mark: Mark): mark is Turn => mark.kind === 'turn';

/**
 * Length of the axis in milliseconds, never 0.
 * @param now milliseconds since 1970, for a call in progress
 */
export function extentOf(call: CallSummary, marks: readonly Mark[], now: number): number {
  const last = Math.max(0, ...marks.map(({ to }) => to));
  if (call.endedAt !== undefined) return Math.max(1_000, last, call.endedAt - call.requestedAt);
  const length = Math.max(last, now - call.requestedAt);
  return (Math.floor(length / LIVE_STEP_MS) + 1) * LIVE_STEP_MS;
}

/** Positions of ticks in milliseconds if `windowMs` of the axis is visible. */
export function ticksOf(extent: number, windowMs: number): number[] {
  const least = Math.max(Math.min(windowMs, extent) / IN_VIEW_MAX, extent / TICKS_MAX);
  const fitting = TICK_STEPS_MS.find((step) => step >= least);
  const hour = 3_600_000;
  const step = fitting ?? Math.ceil(least / hour) * hour;
  return Array.from({ length: Math.floor(extent / step) + 1 }, (_, at) => at * step);
}

/** Free share of the visible width at both ends, so that no shape there is cut off. */
const MARGIN = 0.04;

/** Position on the axis as a share of its width, if `inView` of it is visible. */
export function shareOf(ms: number, extent: number, inView: number): number {
  const margin = MARGIN * inView;
  return (Math.max(0, ms) + margin) / (extent + 2 * margin);
}

/** The caller's wait before this turn: from the end of their speech to its first audio. */
export function waitOf(mark: Mark): { readonly from: number; readonly to: number } | undefined {
  if (mark.kind !== 'turn' || mark.speaker !== 'agent') return undefined;
  const { firstAudio } = mark.latency;
  if (firstAudio === undefined || firstAudio <= 0) return undefined;
  return { from: Math.max(0, mark.from - firstAudio), to: mark.from };
}

/** Median and maximum; undefined if there are no values. */
export function spread(values: readonly number[]) {
  if (values.length === 0) return undefined;
  return { median: median(values), slowest: Math.max(...values), count: values.length };
}

export const GROUPS = ['setup', 'talk', 'tools', 'people', 'states', 'errors'] as const;
export type Group = (typeof GROUPS)[number];

/** Shown by default: turns are already in the transcript, and states come with them. */
export const USUAL_GROUPS: readonly Group[] = GROUPS.filter(
  (group) => group !== 'talk' && group !== 'states',
);

const OF_EVENT: Readonly<Record<EventKind, Group>> = {
  requested: 'setup',
  token_minted: 'setup',
  room_started: 'setup',
  room_finished: 'setup',
  dispatched: 'setup',
  dispatch_deleted: 'setup',
  job_assigned: 'setup',
  job_refused: 'errors',
  agent_joined: 'people',
  first_audio: 'setup',
  person_joined: 'people',
  person_left: 'people',
  turn: 'talk',
  tool: 'tools',
  missed_words: 'errors',
  stuck: 'errors',
  agent_state: 'states',
  connection: 'errors',
  error: 'errors',
  handed_off: 'people',
  outcome: 'people',
  agent_left: 'people',
  failover: 'errors',
  gave_up: 'errors',
  put_through: 'setup',
  summary: 'states',
  usage: 'states',
  agent_config: 'setup',
  agent_changed: 'people',
  spans: 'states',
  tagged: 'people',
  evaluation: 'people',
  whisper: 'people',
  recording: 'setup',
  ended: 'people',
};

export function groupOf(mark: Mark): Group {
  if (mark.kind === 'turn') return 'talk';
  if (mark.kind === 'tool') return mark.failed ? 'errors' : 'tools';
  return OF_EVENT[mark.what.kind];
}

/** What the models of a call used, as far as its agents have reported it. */
export const usageIn = (marks: readonly Mark[]): ModelUsage[] =>
  addUsage(
    marks.flatMap((mark) =>
      mark.kind === 'event' && mark.what.kind === 'usage' ? mark.what.models : [],
    ),
  );
