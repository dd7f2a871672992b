// What happened in a call, as sentences without a full stop: events, turns and tools, with what was measured.
import type { Mark, Timeline } from '@/lib/calls/call';
import type { EventData, EventOf } from '@/lib/calls/event';
import type { NameOf } from '@/lib/calls/view/call-words';
import type { Names } from '@/lib/calls/view/speakers';
import { clock } from '@/lib/core/clock';
import { duration } from '@/lib/core/figures';
import type { CatalogueWords } from '@/lib/messages/catalogue';
import type { Translate } from '@/lib/messages/messages';

/** What sentences about a call are made with. */
export interface EventWording extends Names, Pick<CatalogueWords, 'outcomeLabel' | 'reported'> {
  readonly t: Translate<'callDetails'>;
  readonly reasons: Translate<'endReasons'>;
  readonly locale: string;
  readonly nameOf: NameOf;
}

type Turn = Extract<Mark, { kind: 'turn' }>;
type Overrides = EventOf<'agent_joined'>['overrides'];

/** The parts that are there, separated. */
const joined = (parts: readonly (string | false | undefined)[], separator: string): string =>
  parts.filter(Boolean).join(separator);

/** What a developer changed for the call. */
function changesIn(overrides: Overrides = {}, t: EventWording['t']): string {
  const { models, voice, instructions } = overrides;
  const changes = [
    models && t('event.changes.models', { models }),
    voice && t('event.changes.voice', { voice }),
    instructions && t('event.changes.instructions', { instructions }),
  ];
  return joined(changes, ', ');
}

/** Describes an event. */
export function describeEvent(what: EventData, wording: EventWording): string {
  const { t, reasons, locale, nameOf, called, speaker, outcomeLabel, reported } = wording;
  const because = (text: string, reason = '') => (reason ? `${text}: ${reason}` : text);
  const inWords = (text: string, reason = '') =>
    reason ? `${text}, ${t('quoted', { text: reason })}` : text;
  switch (what.kind) {
    case 'requested':
      return t('event.requested', {
        agent: nameOf(what.agent) || t('event.call'),
        deployment: what.deployment,
        origin: t(`event.origins.${what.origin}`),
      });
    case 'token_minted':
      return t('event.tokenMinted', { time: duration(what.ms, locale) });
    case 'room_started':
      return t('event.roomStarted');
    case 'room_finished':
      return t('event.roomFinished');
    case 'dispatched':
      return t('event.dispatched', {
        agent: nameOf(what.agent),
        deployment: what.deployment,
        sender: t(`event.senders.${what.by}`),
      });
    case 'dispatch_deleted':
      return t('event.dispatchDeleted', { agent: nameOf(what.agent) });
    case 'job_assigned':
      return t('event.jobAssigned', { worker: what.worker, agent: nameOf(what.agent) });
    case 'job_refused':
      return because(
        t('event.jobRefused', { worker: what.worker, agent: nameOf(what.agent) }),
        what.reason,
      );
    case 'agent_joined': {
      const changes = changesIn(what.overrides, t);
      const parts = [
        t('event.joined', { who: nameOf(what.agent) }),
        what.deployment,
        what.worker && t('event.onWorker', { worker: what.worker }),
        changes && t('event.changed', { changes }),
      ];
      return joined(parts, ', ');
    }
    case 'first_audio':
      return t('event.firstAudio', { agent: nameOf(what.agent) });
    case 'person_joined':
      return t('event.personJoined', { who: called(what.identity), role: what.role });
    case 'person_left':
      return t('event.left', { who: called(what.identity), why: reasons(what.why) });
    case 'turn':
      return `${speaker(what)}: ${what.text}`;
    case 'tool':
      return reported(what.label ?? what.tool);
    case 'missed_words':
      return t('event.missedWords', {
        who: called(what.identity),
        time: duration(what.ms, locale),
        offered: String(what.offered),
      });
    case 'stuck':
      return t('event.stuck', {
        who: called(what.identity),
        part: what.part,
        time: duration(what.ms, locale),
        done: what.done,
      });
    case 'agent_state':
      return t('event.agentState', { who: called(what.identity), state: what.state });
    case 'connection':
      return t(`event.${what.state}`, { who: called(what.identity) });
    case 'error':
      return t('event.error', { where: what.where, message: what.message });
    case 'handed_off':
      return t('event.handedOff', { from: nameOf(what.from), to: nameOf(what.to) });
    case 'outcome':
      return inWords(t('event.outcome', { outcome: outcomeLabel(what.outcome) }), what.reason);
    case 'evaluation':
      return inWords(
        t('event.evaluation', { name: what.name, verdict: what.verdict }),
        what.reason,
      );
    case 'tagged':
      return t('event.tagged', { tag: what.tag });
    case 'agent_config': {
      const version = t('event.version', { agent: nameOf(what.agent), version: what.version });
      const tools = what.tools.join(', ');
      return tools ? `${version}, ${t('event.withTools', { tools })}` : version;
    }
    case 'agent_changed':
      return t('event.agentChanged', { agent: nameOf(what.agent), to: what.to });
    case 'spans':
      return t('event.spans', { count: what.spans.length, agent: nameOf(what.agent) });
    case 'agent_left':
      return t('event.left', { who: nameOf(what.agent), why: reasons(what.why) });
    case 'failover': {
      const { agent, attempt, reason } = what;
      return t('event.failover', { agent: nameOf(agent), attempt, reason });
    }
    case 'gave_up':
      return t('event.gaveUp', { agent: nameOf(what.agent), reason: what.reason });
    case 'whisper':
      return t('event.whisper', { by: what.by, text: what.text });
    case 'summary':
      return t('event.summary', { text: what.text });
    case 'usage':
      return t('event.usage', {
        agent: nameOf(what.agent),
        models: what.models.map(({ model }) => model).join(', '),
      });
    case 'put_through':
      return t('event.putThrough', { time: duration(what.ms, locale) });
    case 'recording':
      return t(what.endedAt === undefined ? 'event.recordingStarted' : 'event.recordingEnded');
    case 'ended':
      return inWords(t('event.ended', { why: reasons(what.why) }), what.reason);
  }
}

/** Describes a mark, without its time. */
export function describeMark(mark: Mark, wording: EventWording): string {
  if (mark.kind === 'turn') return `${wording.speaker(mark)}: ${mark.text}`;
  if (mark.kind === 'tool') return wording.reported(mark.label ?? mark.tool);
  return describeEvent(mark.what, wording);
}

/** Describes a mark, with its time and measurements. */
export function describeMarkInTime(mark: Mark, wording: EventWording): string {
  const { t, locale } = wording;
  const at = clock(mark.from);
  if (mark.kind === 'event') return `${at} ${describeMark(mark, wording)}`;
  const ms = mark.to - mark.from;
  if (mark.kind === 'tool') {
    const took = t(mark.failed ? 'tool.failed' : 'tool.took', { time: duration(ms, locale) });
    return `${at} ${describeMark(mark, wording)} · ${took}`;
  }
  const { text, typed, pressed, interrupted, latency } = mark;
  const how = typed ? ` (${t(pressed ? 'pressed' : 'typed')})` : '';
  const parts = [
    `${at} ${wording.speaker(mark)}${how}: ${t('quoted', { text })}`,
    !typed && ms > 0 && duration(ms, locale),
    interrupted && t('interrupted'),
    latency.firstAudio !== undefined &&
      t('latency.answered', { time: duration(latency.firstAudio, locale) }),
  ];
  return joined(parts, ' · ');
}

/** How long each stage of an answer took, from the end of the caller's speech. */
export function latencyText({ latency, interrupted }: Turn, { t, locale }: EventWording): string {
  const parts = (['transcript', 'endOfTurn', 'firstToken', 'firstAudio'] as const).map((part) => {
    const ms = latency[part];
    return ms !== undefined && t(`latency.${part}`, { time: duration(ms, locale) });
  });
  return joined([...parts, interrupted && t('interrupted')], ' · ');
}

/** By how much the clocks of sources differed. */
export function clocksText(
  clocks: Timeline['clocks'],
  { t, locale }: Pick<EventWording, 't' | 'locale'>,
): string {
  const each = clocks.map(({ source, offsetMs }) =>
    t(offsetMs > 0 ? 'clocks.behind' : 'clocks.ahead', {
      source: sourceName(source),
      time: duration(Math.abs(offsetMs), locale),
    }),
  );
  return t('clocks.corrected', { clocks: each.join(', ') });
}

/** The source of an event: "web", "LiveKit", "worker w-1", "agent AJ_1". */
export const sourceName = (source: string): string =>
  source === 'livekit' ? 'LiveKit' : source.replace(':', ' ');
