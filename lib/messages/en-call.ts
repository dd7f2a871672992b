// What people read on the page of one call, in English.

import type { CallSummary, Mark, Timeline } from '@/lib/calls/call';
import { clock } from '@/lib/core/clock';
import { sourceCalled } from './en-happenings';

type Turn = Extract<Mark, { kind: 'turn' }>;

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** All texts of the page. */
export const callText = {
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
    none: 'Nothing was said.',
    noneYet: 'Nothing has been said yet.',
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
    firstToken: 'first token',
    firstAudio: 'voice',
    from: 'After the end of speech',
    answered: (ms: number) => `Answered after ${Math.round(ms)} milliseconds`,
  },
  transcript: {
    title: 'Transcript',
    exports: 'Download the transcript',
    formats: { txt: 'Text', vtt: 'WebVTT', json: 'JSON' },
  },
  recording: {
    title: 'Recording',
    one: (which: number, of: number) => `Recording ${which} of ${of}`,
    from: (time: string) => `from ${time}`,
    away: 'The recording is not on this machine. It was deleted, or is on the worker that made it.',
    elsewhere: 'LiveKit Egress stored the recording where it cannot be played from here:',
    play: (time: string) => `Play from ${time}`,
  },
  outcome: { title: 'Outcome' },
  answers: {
    title: 'Answers',
    hint: 'end of speech → voice',
    median: 'median',
    slowest: 'slowest',
    none: 'No answers measured.',
    of: (count: number) => (count === 1 ? '1 answer' : `${count} answers`),
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
    stack: 'Stack trace',
    count: (shown: number, all: number) => `${shown} of ${all}`,
  },
  clocks: (clocks: Timeline['clocks']) => {
    const each = clocks.map(({ source, offsetMs }) => {
      const ms = Math.abs(Math.round(offsetMs)).toLocaleString('en-GB');
      return `${sourceCalled(source)} was ${ms} ms ${offsetMs > 0 ? 'behind' : 'ahead'}`;
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
