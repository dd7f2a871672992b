// What people read on the page of one call, in English.

import { clock } from '../call/clock';
import type { CallSummary, Mark, Timeline } from '../calls/call';
import { sourceCalled } from './en-happenings';

type Turn = Extract<Mark, { kind: 'turn' }>;

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** All texts of the page. */
export const callText = {
  back: 'Calls',
  live: 'on now',
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
    none: 'Nothing is known of the set-up yet.',
    total: 'From the request to the first voice',
  },
  talk: {
    title: 'The conversation',
    legend: { speaking: 'speaking', waiting: 'the caller waits', wrong: 'cut off, or wrong' },
    none: 'Nothing was said.',
    noneYet: 'Nothing has been said yet.',
    picture: 'Picture of the conversation. Arrow keys go from one thing to the next.',
    lanes: { caller: 'Caller', tools: 'Tools', events: 'Events' },
    hint: 'Point at something, or use the arrow keys, to read what it is.',
    open: 'Go there',
    window: 'Shown at once',
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
    exports: 'Keep the transcript',
    formats: { txt: 'Text', vtt: 'WebVTT', json: 'JSON' },
  },
  recording: {
    title: 'Recording',
    one: (which: number, of: number) => `Recording ${which} of ${of}`,
    from: (time: string) => `from ${time}`,
    away: 'The sound is not on this machine: it was deleted, or is with the worker that recorded it.',
    elsewhere: 'LiveKit’s Egress keeps the sound where it cannot be played from here:',
    play: (time: string) => `Play from ${time}`,
  },
  outcome: { title: 'Outcome' },
  answers: {
    title: 'Answers',
    hint: 'end of speech → voice',
    median: 'median',
    slowest: 'slowest',
    none: 'No answer was measured.',
    of: (count: number) => (count === 1 ? '1 answer' : `${count} answers`),
  },
  events: {
    title: 'What happened',
    show: 'Show',
    groups: {
      setup: 'Set-up',
      talk: 'Talk',
      tools: 'Tools',
      people: 'People',
      states: 'Agent states',
      errors: 'Errors',
    },
    none: 'Nothing of what is chosen.',
    stack: 'Where in the code',
    count: (shown: number, all: number) => `${shown} of ${all}`,
  },
  clocks: (clocks: Timeline['clocks']) => {
    const each = clocks.map(({ source, offsetMs }) => {
      const ms = Math.abs(Math.round(offsetMs)).toLocaleString('en-GB');
      return `${sourceCalled(source)} was ${ms} ms ${offsetMs > 0 ? 'behind' : 'ahead'}`;
    });
    return `Clocks differed, and times are corrected to this server’s: ${each.join(', ')}.`;
  },
  remove: {
    button: 'Delete call',
    ask: 'Delete this call with everything of it? This cannot be undone.',
    yes: 'Delete for good',
    no: 'Keep it',
    busy: 'Deleting…',
    failed: 'The call could not be deleted',
    deleted: 'The call is deleted.',
    left: 'What of its sound is not on this server, it cannot delete:',
    lettaLater:
      'The Letta server does not answer: what its agent remembers of the caller is deleted there as soon as it does.',
  },
  gone: {
    title: 'This call was deleted',
  },
} as const;
