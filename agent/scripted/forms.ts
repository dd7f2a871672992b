// The forms of an agent's tools: which fields are open, what an utterance says about them, and which
// values can be offered. The engine asks for them.
import type { CallHandle } from '@/agent/core/agent-definition';
import type { ScriptedTool } from '@/agent/scripted/declaration';
import {
  type Field,
  fieldsOf,
  type Heard,
  nearest,
  readField,
  sayValue,
} from '@/agent/scripted/fields';
import { plain, SAID } from '@/agent/scripted/phrases';
import { readWhen, type When } from '@/agent/scripted/read-when';
import type { Kind } from '@/agent/scripted/roles';
import { dayFrom, sayFullDay, timeOf } from '@/agent/scripted/when';
import { MONTHS } from '@/agent/scripted/written-dates';

export type Args = Readonly<Record<string, unknown>>;

/** A tool being filled in. */
export interface Form {
  readonly tool: string;
  readonly args: Args;
  /** Optional fields that the caller has declined. */
  readonly skipped: readonly string[];
  /** How often in a row the caller was not understood. */
  readonly misses: number;
  /** The values offered for the current field. */
  readonly offered: readonly unknown[];
  /** The days and times that are wanted. */
  readonly fits?: When['fits'];
  /** Set when the form is complete and something is to be changed. */
  readonly changing?: boolean;
}

/** Maximum choices offered at once: people do not remember more. */
export const CHOICES = 3;
export const isKind = (kind: Field['kind']): kind is Kind => kind === 'day' || kind === 'time';
/** Nothing about days or times. */
export const NOTHING: When = { fits: {}, doubts: {} };
const MONTH = `(?:${MONTHS.join('|')})`;
/** What names a day among those offered. */
const DAY_WORDS = new RegExp(
  `\\b(?:\\w+day|tomorrow|\\d+(?:st|nd|rd|th)|\\d+(?= ${MONTH})|(?<=${MONTH} )\\d+|${MONTH})\\b`,
  'g',
);

/** Up to three values: around the requested one, the next days, or spread over all. */
export function pick(
  { kind }: Field,
  values: readonly unknown[],
  wanted?: unknown,
): readonly unknown[] {
  if (values.length <= CHOICES) return values;
  if (wanted !== undefined) {
    const after = values.findIndex((value) => String(value) > String(wanted));
    const at = after < 0 ? values.length - 1 : after;
    const from = Math.min(Math.max(at - 1, 0), values.length - CHOICES);
    return values.slice(from, from + CHOICES);
  }
  if (kind === 'day') return values.slice(0, CHOICES);
  const step = (values.length - 1) / (CHOICES - 1);
  return Array.from({ length: CHOICES }, (_, i) => values[Math.round(i * step)]);
}

/** The forms of these tools in that call. */
export function formsOf(tools: Readonly<Record<string, ScriptedTool>>, call: CallHandle) {
  const fields: Record<string, readonly Field[]> = Object.fromEntries(
    Object.entries(tools).map(([id, { parameters }]) => [id, fieldsOf(parameters)]),
  );

  const fieldsIn = ({ tool }: Pick<Form, 'tool'>) => fields[tool] ?? [];
  const isOpen =
    ({ args, skipped }: Form) =>
    (field: Field) =>
      field.question !== undefined && !(field.name in args) && !skipped.includes(field.name);
  const askedIn = (form: Form) => fieldsIn(form).find(isOpen(form));

  /** All possible values of a field here; undefined if any value is possible. */
  function possible({ args, tool }: Form, field: Field): readonly unknown[] | undefined {
    const offers = tools[tool]?.offers?.[field.name];
    return offers ? offers(args, call) : undefined;
  }

  /** Enters an utterance into the form. `asked`: the field that was asked for. */
  function read(form: Form, heard: Heard, asked: Field | undefined, loose: boolean): Args {
    const found: Record<string, unknown> = {};
    for (const field of fieldsIn(form)) {
      const value = readField(field, heard, loose && field.kind === 'time' ? field : asked);
      if (value !== undefined && value !== form.args[field.name]) found[field.name] = value;
      // The subject of a text must not fill another field.
      if (asked?.kind === 'text') return field === asked ? found : {};
    }
    return found;
  }

  /** What an utterance says about days and times of the form, with or without naming one. */
  function readWhenIn(form: Form, { text, now }: Heard, asked?: Field, loose = false): When {
    // Figures of a telephone number are no times.
    if (asked?.kind === 'text' || asked?.kind === 'phone') return NOTHING;
    return form.tool && fieldsIn(form).some(({ kind }) => isKind(kind))
      ? readWhen(text, now, loose || asked?.kind === 'time')
      : NOTHING;
  }

  /** The form without the values that an utterance excludes or leaves in doubt. */
  function narrowed(form: Form, found: Args, { fits: limits, doubts }: When): Form {
    const args: Record<string, unknown> = { ...form.args, ...found };
    const fits: Partial<Record<Kind, (value: string) => boolean>> = { ...form.fits };
    for (const field of fieldsIn(form)) {
      const { kind, name } = field;
      if (!isKind(kind)) continue;
      const doubt = doubts[kind];
      const limit =
        limits[kind] ??
        (doubt?.either.length ? (value) => doubt.either.includes(value) : undefined);
      if (name in found) delete fits[kind];
      else if (limit) {
        const before = fits[kind];
        const both = before && ((value: string) => before(value) && limit(value));
        const some =
          both && possible({ ...form, args }, field)?.some((value) => both(String(value)));
        fits[kind] = some ? both : limit;
        if (doubt || !limit(String(args[name]))) delete args[name];
      } else if (doubt) delete args[name];
    }
    return { ...form, args, fits };
  }

  /** Whether a day, or a time of today, has passed. */
  function isPast(form: Form, { kind, name }: Field, now: Date): boolean {
    const value = String(form.args[name]);
    if (kind === 'day') return value < dayFrom(now);
    const day = fieldsIn(form).find((field) => field.kind === 'day')?.name ?? '';
    return kind === 'time' && form.args[day] === dayFrom(now) && value <= timeOf(now);
  }

  /** The chosen one of the offered values: by position, or by its words, possibly misheard. */
  function chosen({ offered }: Form, field: Field, { text, now }: Heard): unknown {
    if (offered.length === 0) return undefined;
    const { kind } = field;
    const when = isKind(kind) ? readWhen(text, now, kind === 'time') : NOTHING;
    // "Not the first one", "after two".
    if (isKind(kind) && when.fits[kind]) return undefined;
    const words = kind === 'day' && text.match(DAY_WORDS);
    if (words) {
      const named = offered.filter((value) => {
        const full = plain(sayFullDay(String(value), now)).split(' ');
        return words.every((word) => full.includes(word));
      });
      if (named.length === 1) return named[0];
    }
    const place = /\b(?:(1st|2nd|3rd)|(last|latest|later))\b/.exec(text);
    const isDay = when.fits.day ?? when.doubts.day;
    if (place && !isDay && (kind !== 'day' || / one\b/.test(text))) {
      return place[1] ? offered[Number(place[1][0]) - 1] : offered.at(-1);
    }
    const other = isKind(kind) && when[kind];
    if (SAID.yes.test(text) && offered.length === 1 && !other) return offered[0];
    const said = offered.map((value) => sayValue(field, value, now));
    return nearest(offered, said, text.replace(/^(?:(?:at|on|yes|the|um|uh|then) )+/, ''));
  }

  /** Whether something is said about a day or time of the form. */
  const notices = (form: Form, { day, time, fits, doubts }: When) =>
    fieldsIn(form).some(
      ({ kind }) => isKind(kind) && ({ day, time }[kind] || fits[kind] || doubts[kind]),
    );

  return { fieldsIn, askedIn, possible, read, readWhenIn, narrowed, isPast, chosen, notices };
}
