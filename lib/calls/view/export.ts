// Exports a call's transcript: JSON for programs, WebVTT to go with a recording, plain text to read. Times count from
// the request. Pure.
import { Duration } from 'luxon';
import { type CallSummary, callerName, type Mark, nameFrom, type Timeline } from '@/lib/calls/call';
import { endedText, type NameOf } from '@/lib/calls/view/call-words';
import { isTurn, type Turn, usageIn } from '@/lib/calls/view/picture';
import { clock } from '@/lib/core/clock';
import { PRODUCTION } from '@/lib/core/deployment';
import { duration } from '@/lib/core/figures';
import { listed } from '@/lib/core/format';
import { LANGUAGES, type Language, LOCALES } from '@/lib/core/language';
import { toWire } from '@/lib/core/snake-case';
import { saidText, transcriptText } from '@/lib/core/transcript-text';
import { catalogueWords } from '@/lib/messages/catalogue';
import { translator } from '@/lib/messages/messages';

export const FORMATS = ['json', 'vtt', 'txt'] as const;
type Format = (typeof FORMATS)[number];

type Tool = Extract<Mark, { kind: 'tool' }>;

/** Turns and tools in order. */
function linesOf({ marks }: Timeline): (Turn | Tool)[] {
  return marks.filter((mark) => mark.kind !== 'event');
}

/** Who speaks; undefined if there is but a generated identity. */
const speakerOf = ({ call }: Timeline, { by, speaker }: Turn): string | undefined =>
  nameFrom(by) ?? (speaker === 'caller' ? callerName(call) : undefined);

/** File name: time (UTC) and agent, and an extension with its dot. */
export function exportName({ requestedAt, agents }: CallSummary, extension: string): string {
  const when = new Date(requestedAt).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  const agent = (agents[0] ?? '').replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60);
  return ['callboard', when, agent].filter(Boolean).join('-').concat(extension);
}

/** A call with its transcript, as in the API. */
export const jsonOf = (timeline: Timeline): unknown =>
  toWire({ call: timeline.call, lines: linesOf(timeline), usage: usageIn(timeline.marks) });

const json = (timeline: Timeline) => `${JSON.stringify(jsonOf(timeline), undefined, 2)}\n`;

/** The time format of WebVTT. */
const vttTime = (ms: number) => Duration.fromMillis(ms).toFormat('hh:mm:ss.SSS');

/** Text of a cue: escapes markup characters, and removes empty lines, which would end the cue. */
function vttText(text: string): string {
  return text
    .replaceAll('\0', '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function vtt(timeline: Timeline): string {
  const cues = linesOf(timeline)
    .filter(isTurn)
    .filter(({ text }) => text.trim() !== '')
    .map((turn) => {
      // A cue must end after it begins.
      const from = Math.max(0, Math.round(turn.from));
      const to = Math.max(from + 1, Math.round(turn.to));
      const voice = vttText(speakerOf(timeline, turn) ?? '').replaceAll('\n', ' ');
      const cut = turn.interrupted ? ' —' : '';
      return `${vttTime(from)} --> ${vttTime(to)}\n<v ${voice || turn.speaker}>${vttText(turn.text)}${cut}</v>`;
    });
  return `${['WEBVTT', ...cues].join('\n\n')}\n`;
}

function title(call: CallSummary, nameOf: NameOf, language: Language): string {
  const t = translator(language, 'transcriptExport');
  const locale = LOCALES[language];
  const where = call.deployments.filter((name) => name !== PRODUCTION);
  const who = t('title', {
    caller: callerName(call) ?? t('caller'),
    agents: listed(call.agents.map(nameOf), locale) || t('agent'),
  });
  return where.length > 0 ? `${who} (${listed(where, locale)})` : who;
}

function txt(timeline: Timeline, nameOf: NameOf, language: Language): string {
  const t = translator(language, 'transcriptExport');
  const { reported } = catalogueWords(translator(language, 'catalogue'), LOCALES[language]);
  const { call } = timeline;
  const length = call.endedAt === undefined ? [] : [clock(call.endedAt - call.requestedAt)];
  const lines = linesOf(timeline).map((mark) => ({
    at: mark.from,
    text:
      mark.kind === 'tool'
        ? `(${t('tool', {
            tool: reported(mark.label ?? mark.tool),
            time: duration(mark.to - mark.from, LOCALES[language]),
            failed: String(mark.failed),
          })})`
        : saidText(
            speakerOf(timeline, mark) ?? t(mark.speaker === 'agent' ? 'agent' : 'caller'),
            mark.text,
            mark.interrupted && t('interrupted'),
          ),
  }));
  const facts = [...length, endedText(call, translator(language, 'calls')) || t('open')];
  return transcriptText(
    { title: title(call, nameOf, language), began: call.requestedAt, facts },
    lines,
  );
}

const WRITERS = {
  json: ['application/json; charset=utf-8', json],
  vtt: ['text/vtt; charset=utf-8', vtt],
  txt: ['text/plain; charset=utf-8', txt],
} as const;

/** An exported file. */
export interface Export {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly body: string;
}

/**
 * The transcript in a format; its labels are in the given language.
 * @param nameOf returns the display name of an agent
 */
export function exportCall(
  timeline: Timeline,
  format: Format,
  nameOf: NameOf,
  language: Language = LANGUAGES[0],
): Export {
  const [type, write] = WRITERS[format];
  return {
    name: exportName(timeline.call, `.${format}`),
    type,
    body: write(timeline, nameOf, language),
  };
}
