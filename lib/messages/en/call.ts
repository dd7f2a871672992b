// Messages of the page of one call, and its events as sentences.

import type { CallSummary, Mark, Timeline } from '@/lib/calls/call';
import type { EventData } from '@/lib/calls/event';
import type { UsageAmount } from '@/lib/calls/usage';
import type { Bar } from '@/lib/calls/view/waterfall';
import { clock } from '@/lib/core/clock';
import type { Used } from '@/lib/livekit/session-message';
import type { NameOf } from '@/lib/messages/en/calls';
import { outcomeLabel } from '@/lib/messages/en/catalogue';
import { endReasons } from '@/lib/messages/en/end-reasons';
import { money, number, seconds } from '@/lib/messages/en/format';

type Turn = Extract<Mark, { kind: 'turn' }>;

type Overridden = Extract<EventData, { kind: 'agent_joined' }>['overrides'];

/** What a developer changed for the call, as the end of a sentence. */
function overridden({ models, voice, instructions }: NonNullable<Overridden> = {}): string {
  const changes = [
    models && `models ${models}`,
    voice && `voice ${voice}`,
    instructions && `instructions “${instructions}”`,
  ].filter(Boolean);
  return changes.length > 0 ? `, with ${changes.join(', ')}` : '';
}

export const callText = {
  overrides: {
    title: 'Try another model, voice or instructions',
    models: 'Models',
    modelsHint: 'In order of fallback, separated by commas. Empty: as configured.',
    voice: 'Voice',
    voiceHint: 'Of the speech server, or of the text to speech that is set.',
    instructions: 'Instructions',
    instructionsHint:
      'For the models, in place of those of the agent. For calls on staging until you close this page.',
  },
  back: 'History',
  live: 'in progress',
  newer: 'Newer',
  older: 'Older',
  neighbours: 'Other calls',
  origin: {
    page: 'from the page',
    api: 'by the API',
    rule: 'by a rule',
    embed: 'from another site',
    other: 'from elsewhere',
  } satisfies Record<CallSummary['origin'], string>,
  room: 'Room',
  setUp: {
    title: 'From click to voice',
    stage: 'Stage',
    begins: 'Begins',
    takes: 'Takes',
    none: 'No data about the setup yet.',
    total: 'From the request to the first voice',
  },
  talk: {
    title: 'The conversation',
    legend: { speaking: 'speaking', waiting: 'caller waits', wrong: 'interrupted or failed' },
    /** @param known whether it is known what is said */
    none: (known: boolean) => (known ? 'Nothing was said.' : 'No transcript.'),
    noneYet: (known: boolean) => (known ? 'Nothing has been said yet.' : 'No transcript yet.'),
    picture: 'Timeline of the conversation. Use the arrow keys to move between entries.',
    lanes: { caller: 'Caller', tools: 'Tools', events: 'Events' },
    hint: 'Point at an entry, or use the arrow keys, to see details.',
    open: 'Go to entry',
    window: 'Time range',
    windows: {
      whole: 'The whole call',
      minutes: (count: number) => `${count} min`,
      seconds: '20 s',
    },
    table: 'As a table',
    columns: { at: 'At', who: 'Who', what: 'What', length: 'Length', delay: 'Delay' },
  },
  /** How long each stage of an answer took, from the end of the caller's speech. */
  latency: ({ latency, interrupted }: Turn) =>
    [
      latency.transcript !== undefined && `transcript ${number(latency.transcript)} ms`,
      latency.endOfTurn !== undefined && `end of turn ${number(latency.endOfTurn)} ms`,
      latency.firstToken !== undefined && `first token ${number(latency.firstToken)} ms`,
      latency.firstAudio !== undefined && `first audio ${number(latency.firstAudio)} ms`,
      interrupted && 'interrupted',
    ]
      .filter(Boolean)
      .join(' · '),
  turn: ({ by, text, from, to, interrupted, typed, pressed, latency }: Turn) =>
    [
      `${clock(from)} ${by}${typed ? (pressed ? ' (pressed)' : ' (typed)') : ''}: “${text}”`,
      !typed && to > from && seconds(to - from),
      interrupted && 'interrupted',
      latency.firstAudio !== undefined && `answered after ${Math.round(latency.firstAudio)} ms`,
    ]
      .filter(Boolean)
      .join(' · '),
  tool: ({ tool, label, from, to, failed }: Extract<Mark, { kind: 'tool' }>) =>
    `${clock(from)} ${label ?? tool} · ${failed ? 'failed after' : 'took'} ${Math.round(to - from)} ms`,
  at: (ms: number, words: string) => `${clock(ms)} ${words}`,
  seconds,
  interrupted: 'interrupted',
  typed: 'typed',
  pressed: 'pressed',
  delay: {
    transcript: 'transcript',
    endOfTurn: 'end of turn',
    firstToken: 'first token',
    firstAudio: 'voice',
    from: 'After the end of speech',
    answered: (ms: number) => `Answered after ${Math.round(ms)} milliseconds`,
  },
  /** The measured steps of an answer. */
  waterfall: {
    title: 'Where the time went',
    kinds: {
      user: 'Caller speaks',
      endOfTurn: 'End of turn',
      model: 'Language model',
      tool: 'Tool',
      speech: 'Text to speech',
      voice: 'Agent speaks',
    } satisfies Record<Bar['kind'], string>,
    first: (kind: Bar['kind'], ms: number) =>
      `${kind === 'speech' ? 'first audio' : 'first token'} after ${number(ms)} ms`,
    failed: 'failed',
    /** @param ms from the end of the caller's speech, or from the first step if the caller said nothing */
    begins: (ms: number) =>
      ms < 0
        ? `begins ${number(-ms)} ms before the line`
        : `begins ${number(ms)} ms after the line`,
    line: 'The line is the end of the caller’s speech. Long speech is cut.',
    start: 'The line is the beginning of the first step. Long speech is cut.',
  },
  transcript: {
    title: 'Transcript',
    exports: 'Download the transcript',
    formats: { txt: 'Text', vtt: 'WebVTT', json: 'JSON' },
    simulation: 'Simulation',
    simulationHint: 'Downloads this call as a scenario for simulations',
    mayCome: 'The agent’s worker may upload one after the call.',
    notUploaded:
      'The agent’s worker has not uploaded one. Set LIVEKIT_OBSERVABILITY_URL for it: docs/insights.md.',
  },
  recording: {
    title: 'Recording',
    one: (which: number, of: number) => `Recording ${which} of ${of}`,
    from: (time: string) => `from ${time}`,
    away: 'The recording is not on this machine. It was deleted, or is on the worker that made it.',
    elsewhere: 'LiveKit Egress stored the recording where it cannot be played from here:',
    play: (time: string) => `Play from ${time}`,
  },
  outcome: {
    title: 'Outcome',
    reason: (text: string) => `“${text}”`,
    tags: 'Tags',
    evaluations: 'Evaluations',
    /** LiveKit's verdicts; an agent may give others. */
    verdicts: { pass: 'pass', fail: 'fail', maybe: 'maybe' },
  },
  versions: {
    title: 'Version of the agent',
    tools: 'Tools',
    noTools: 'no tools',
    instructions: 'Instructions',
  },
  /** What an agent of another worker sends to the console. */
  session: {
    title: 'Live from the agent, not stored',
    list: 'Messages of the agent',
    agent: {
      initializing: 'Agent is starting',
      idle: 'Agent is idle',
      listening: 'Agent is listening',
      thinking: 'Agent is thinking',
      speaking: 'Agent is speaking',
    },
    user: {
      speaking: 'Caller is speaking',
      listening: 'Caller is listening',
      away: 'Caller is away',
    },
    roles: { developer: 'Developer', system: 'System', user: 'Caller', assistant: 'Agent' },
    said: (role: string, text: string) => `${role}: ${text}`,
    handoff: (to: string) => `Agent goes on as ${to}`,
    tools: (added: readonly string[], removed: readonly string[]) =>
      [
        added.length > 0 && `Tools added: ${added.join(', ')}`,
        removed.length > 0 && `Tools removed: ${removed.join(', ')}`,
      ]
        .filter(Boolean)
        .join('. ') || 'Instructions changed',
    usage: ({ model, inputTokens, outputTokens, characters }: Used) =>
      [
        model || 'unnamed model',
        inputTokens !== undefined && `${number(inputTokens)} input tokens`,
        outputTokens !== undefined && `${number(outputTokens)} output tokens`,
        characters !== undefined && `${number(characters)} characters`,
      ]
        .filter(Boolean)
        .join(' · '),
    used: (models: readonly string[]) => `Used so far: ${models.join('; ')}`,
    error: (message: string) => `Error: ${message}`,
  },
  answers: {
    title: 'Answers',
    hint: 'end of speech → voice',
    median: 'median',
    slowest: 'slowest',
    none: 'No answers measured.',
    of: (count: number) => (count === 1 ? '1 answer' : `${count} answers`),
  },
  usage: {
    title: 'Usage',
    types: { llm: 'Language model', stt: 'Speech to text', tts: 'Text to speech' },
    unnamed: 'unnamed model',
    noPrice: 'no price',
    money,
    amounts: {
      inputTokens: (count) => `${number(count)} input tokens`,
      cachedTokens: (count) => `${number(count)} of them cached`,
      inputAudioTokens: (count) => `${number(count)} of them audio`,
      outputTokens: (count) => `${number(count)} output tokens`,
      outputAudioTokens: (count) => `${number(count)} of them audio`,
      audioMs: (ms) => `${seconds(ms)} of audio`,
      characters: (count) => `${number(count)} characters`,
    } satisfies Record<UsageAmount, (count: number) => string>,
  },
  events: {
    title: 'Events',
    show: 'Show',
    groups: {
      setup: 'Set-up',
      talk: 'Talk',
      tools: 'Tools',
      people: 'People',
      states: 'Agent states',
      errors: 'Errors',
    },
    none: 'No events of these types.',
    waiting: 'Waiting for the first event.',
    copy: 'Copy as JSON',
    copied: { yes: 'Copied.', failed: 'Your browser does not allow copying here.' },
    stack: 'Stack trace',
    count: (shown: number, all: number) => `${shown} of ${all}`,
  },
  clocks: (clocks: Timeline['clocks']) => {
    const each = clocks.map(({ source, offsetMs }) => {
      const ms = Math.abs(Math.round(offsetMs)).toLocaleString('en-GB');
      return `${sourceName(source)} was ${ms} ms ${offsetMs > 0 ? 'behind' : 'ahead'}`;
    });
    return `Clocks differed. Times are corrected to the clock of this server: ${each.join(', ')}.`;
  },
  remove: {
    button: 'Delete call',
    ask: 'Delete this call with its transcript and recordings? This cannot be undone.',
    yes: 'Delete permanently',
    no: 'Cancel',
    busy: 'Deleting…',
    failed: 'The call could not be deleted',
    deleted: 'Call deleted.',
    left: 'These recordings are stored elsewhere and were not deleted:',
    lettaLater:
      'The Letta server is not responding. What its agent remembers about the caller is deleted as soon as it is back.',
  },
  gone: {
    title: 'This call was deleted',
  },
} as const;

const ORIGINS = {
  page: 'on the page',
  api: 'by the API',
  rule: 'by a rule',
  embed: 'on another site',
};
const SENDERS = {
  token: 'with the token',
  api: 'by the API',
  rule: 'by a rule',
  agent: 'by an agent',
  page: 'on the page',
  share: 'by a rule’s share',
  failover: 'by failover',
  other: 'by another program',
};
const ROLES = { caller: '', colleague: ' as a colleague', phone: ' by phone', other: '' };

/**
 * Describes an event, without a full stop.
 * @param called returns the name of an identity
 */
export function describeEvent(
  what: EventData,
  called: (identity: string) => string,
  nameOf: NameOf,
): string {
  switch (what.kind) {
    case 'requested':
      return `${nameOf(what.agent) || 'A call'} requested, ${what.deployment}, ${ORIGINS[what.origin]}`;
    case 'token_minted':
      return `Token issued in ${Math.round(what.ms)} ms`;
    case 'room_started':
      return 'Room opened';
    case 'room_finished':
      return 'Room closed';
    case 'dispatched':
      return `${nameOf(what.agent)} dispatched, ${what.deployment}, ${SENDERS[what.by]}`;
    case 'job_assigned':
      return `Worker ${what.worker} took the job for ${nameOf(what.agent)}`;
    case 'job_refused':
      return `Worker ${what.worker} did not take the job for ${nameOf(what.agent)}${what.reason && `: ${what.reason}`}`;
    case 'agent_joined':
      return `${nameOf(what.agent)} joined${what.deployment && `, ${what.deployment}`}${what.worker ? `, worker ${what.worker}` : ''}${overridden(what.overrides)}`;
    case 'first_audio':
      return `First audio of ${nameOf(what.agent)}`;
    case 'person_joined':
      return `${what.name || what.identity} joined${ROLES[what.role]}`;
    case 'person_left':
      return `${called(what.identity)} left: ${endReasons[what.why]}`;
    case 'turn':
      return `${what.by}: ${what.text}`;
    case 'tool':
      return what.label ?? what.tool;
    case 'missed_words':
      return `${called(what.identity)} understood none of ${(what.ms / 1_000).toFixed(1)} s of speech${what.offered ? ' and offered typing' : ''}`;
    case 'agent_state':
      return `${called(what.identity)} is ${what.state}`;
    case 'connection':
      return what.state === 'reconnecting'
        ? `${called(what.identity)} lost the connection`
        : `${called(what.identity)} is connected again`;
    case 'error':
      return `Error in ${what.where}: ${what.message}`;
    case 'handed_off':
      return `${nameOf(what.from)} handed off to ${nameOf(what.to)}`;
    case 'outcome':
      return `Outcome: ${outcomeLabel(what.outcome)}${what.reason ? `, “${what.reason}”` : ''}`;
    case 'evaluation':
      return `Evaluation ${what.name}: ${what.verdict}${what.reason ? `, “${what.reason}”` : ''}`;
    case 'tagged':
      return `Tag: ${what.tag}`;
    case 'agent_config':
      return `${nameOf(what.agent)} is version ${what.version}${what.tools.length > 0 ? `, with the tools ${what.tools.join(', ')}` : ''}`;
    case 'agent_changed':
      return `${nameOf(what.agent)} goes on as ${what.to}`;
    case 'spans':
      return `${what.spans.length === 1 ? 'One measured step' : `${what.spans.length} measured steps`} of ${nameOf(what.agent)}`;
    case 'agent_left':
      return `${nameOf(what.agent)} left: ${endReasons[what.why]}`;
    case 'failover':
      return `${nameOf(what.agent)} is being replaced, attempt ${what.attempt}: ${what.reason}`;
    case 'gave_up':
      return `No replacement for ${nameOf(what.agent)} joined: ${what.reason}`;
    case 'whisper':
      return `${what.by} whispered to the agent: “${what.text}”`;
    case 'summary':
      return `Summary: ${what.text}`;
    case 'usage':
      return `${nameOf(what.agent)} used ${what.models.map(({ model }) => model).join(', ')}`;
    case 'put_through':
      return `Connected after ${Math.round(what.ms / 1_000)} s in the queue`;
    case 'recording':
      return what.endedAt === undefined ? 'Recording started' : 'Recording ended';
    case 'ended':
      return `Ended: ${endReasons[what.why]}${what.reason ? `, “${what.reason}”` : ''}`;
  }
}

/** The source of an event: "web", "LiveKit", "worker w-1", "agent AJ_1". */
export function sourceName(source: string): string {
  if (source === 'livekit') return 'LiveKit';
  return source.replace(':', ' ');
}
