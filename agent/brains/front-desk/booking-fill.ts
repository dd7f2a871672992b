// Takes what an utterance says about an appointment into the form, so that a correction needs no
// rule of its own: a day said anew replaces the day, and what depends on it is asked again.
import { addDays } from './calendar';
import { readDay } from './days';
import type { Reading } from './intents';
import { answeredName, NOT_NAMES } from './names';
import { sentence } from './say';
import type { Asked, BookingForm, Offer, World } from './state';
import { distance } from './words';

/** The form after the utterance, and whether it said anything about the appointment. */
interface Filled {
  readonly form: BookingForm;
  readonly changed: boolean;
}

export const EMPTY: BookingForm = { kind: 'booking', offered: [] };

const FIRST =
  /\b(?:the )?(?:1st(?! thing)|earliest|soonest|former)(?: one)?\b|\bas (?:early|soon) as possible\b|\bany(?: (?:of (?:them|those)|damn time|time))?$|\bany of (?:them|those)\b|\b(?:either|whichever|you (?:choose|decide|pick)|i don't mind|doesn't matter)\b/;
/** "Not that Friday, the one after." */
const WEEK_LATER =
  /\b(?:the )?(?:one|week|(?:mon|tues|wednes|thurs|fri|satur)day) after\b(?! (?:tomorrow|next|christmas))|\bnot (?:that|this) (?:mon|tues|wednes|thurs|fri|satur)day\b|\ba week later\b|\bthe following (?:week|one|[a-z]+day)\b/;
/** Letters one by one: a name that was misheard, spelt. */
const SPELLED = /^(?:[a-z] ){2,}[a-z]$/;
/** A first name and a last one, and nothing else. */
const FULL_NAME = /^\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+[.!]?$/u;
/** Leaves the day to Ada. */
const UNDECIDED =
  /\b(?:any|don't mind|don't know|not sure|no idea|doesn't matter|you (?:choose|decide|pick))\b/;
const LAST = /\b(?:the )?(?:last|latest|latter)(?: one)?\b/;

/** Which of the offered times was chosen by its place or its part of the day. */
function chosen(text: string, offered: readonly Offer[], yes: boolean): Offer | undefined {
  if (/\bearlier\b|\blater\b|\bother\b|\banother\b|\belse\b|\bnone\b/.test(text)) return undefined;
  if (FIRST.test(text)) return offered[0];
  if (LAST.test(text)) return offered.at(-1);
  const place = /\b(?:the )?(2nd|3rd|middle(?! of))\b/.exec(text)?.[1];
  if (place) return offered[place === '3rd' ? 2 : 1];
  if (/\bmorning\b/.test(text) || /\bafternoon\b/.test(text)) {
    const fits = offered.filter(({ minute }) => minute < 720 === /\bmorning\b/.test(text));
    return fits.length === 1 ? fits[0] : undefined;
  }
  return yes && offered.length === 1 ? offered[0] : undefined;
}

/** "earlier", "an hour later", "the day after": relative to what is on the table. */
function relative(text: string, form: BookingForm): Partial<BookingForm> | undefined {
  const base = form.slot ?? (/\bearlier\b/.test(text) ? form.offered[0] : form.offered.at(-1));
  if (!base) return undefined;
  if (WEEK_LATER.test(text)) return { day: addDays(base.day, 7) };
  if (/\b(?:the )?(?:day after|next day|following day)\b(?! tomorrow)/.test(text)) {
    return { day: addDays(base.day, 1) };
  }
  if (/\b(?:the )?day before\b/.test(text)) return { day: addDays(base.day, -1) };
  const way = /\bearlier\b|\btoo late\b/.test(text)
    ? 'earlier'
    : /\blater\b|\btoo (?:early|soon)\b/.test(text)
      ? 'later'
      : undefined;
  if (!way) return undefined;
  const sign = way === 'later' ? 1 : -1;
  const step = /\bhalf an hour\b/.test(text) ? 30 : /\b(?:an|one|1) hour\b/.test(text) ? 60 : 0;
  if (step) return { day: base.day, at: base.minute + sign * step };
  return way === 'later'
    ? { day: base.day, at: undefined, after: base.minute + 1, before: undefined }
    : { day: base.day, at: undefined, before: base.minute, after: undefined };
}

/** Most words of an utterance in which "the nurse" is one here. Our own choice. */
const ROLE_WORDS = 12;
/** Most letters by which a name said again may differ from the one read back. Our own choice. */
const NAME_DISTANCE = 3;

/** "No, Harry with a y": a word that is close to the name that was read back is the name meant. */
export function respelled(
  heard: string,
  name: string | undefined,
  isCommon = (word: string) => NOT_NAMES.has(word.toLowerCase()),
): string | undefined {
  const parts = name?.split(' ') ?? [];
  for (const [index, part] of parts.entries()) {
    for (const word of heard.match(/\p{L}[\p{L}'’-]{2,}/gu) ?? []) {
      if (isCommon(word) || word[0]?.toLowerCase() !== part[0]?.toLowerCase()) continue;
      const far = distance(word.toLowerCase(), part.toLowerCase());
      if (far === 0 || far > Math.min(NAME_DISTANCE, part.length / 2)) continue;
      return parts.with(index, sentence(word)).join(' ');
    }
  }
  return undefined;
}

/** Takes the utterance into the form. */
export function fill(form: BookingForm, reading: Reading, asked: Asked, world: World): Filled {
  const { practice, clock } = world;
  const { when, found, plain: text } = reading;
  let next = form;
  let moved = false;
  const put = (part: Partial<BookingForm>) => {
    next = { ...next, ...part };
  };
  const offered = asked === 'time' || asked === 'confirm' ? form.offered : [];
  const anyTime = when.at !== undefined || when.after !== undefined || when.before !== undefined;

  if (asked === 'time' && when.at === undefined) {
    const offer = chosen(text, offered, reading.yes);
    // "The second" is one of those offered, not a day of the month.
    const place = /^(?!no\b|on\b)(?:\w+ ){0,4}(?:1st|2nd|3rd)(?: one)?(?: please)?$/.test(text);
    if (offer && (!when.day || place)) {
      return { form: { ...form, day: offer.day, at: offer.minute, slot: offer }, changed: true };
    }
  }
  const dayAfter =
    /\bthe day after that\b/.test(text) &&
    (form.declined ?? form.slot?.day ?? form.offered[0]?.day);
  const weekLater = WEEK_LATER.test(text) ? relative(text, form) : undefined;
  const hit = when.at !== undefined && !when.day && offered.find((o) => o.minute === when.at);
  const sameTime = /\b(?:same time|that time again)\b/.test(text) ? form.wished : undefined;
  const sameDay = /\bsame day\b/.test(text) ? form.dayBefore : undefined;
  if (sameDay) put({ day: sameDay });
  if (sameTime !== undefined) {
    moved = true;
    put({ day: when.day ?? form.day, at: sameTime, after: undefined, before: undefined });
  } else if (dayAfter) {
    moved = true;
    put({ day: addDays(dayAfter, 1), from: undefined });
  } else if (weekLater) {
    moved = true;
    put({ from: undefined, ...weekLater });
  } else if (hit) {
    put({ day: hit.day, at: hit.minute, slot: hit });
  } else if (when.day || when.from || anyTime) {
    moved = true;
    if (when.day) put({ day: when.day, from: undefined });
    else if (when.from) put({ day: undefined, from: when.from });
    if (anyTime) put({ at: when.at, after: when.after, before: when.before });
  } else if (asked === 'time' || asked === 'confirm' || asked === 'what' || asked === 'name') {
    const part = relative(text, form);
    if (part) {
      moved = true;
      put({ from: undefined, ...part });
    }
  } else if (asked === 'day') {
    const number = /^(?:(?:on|for|maybe|the|how about|say) )*(\d{1,2})$/.exec(reading.rest)?.[1];
    const { day } = number ? readDay(`the ${number}th`, clock) : { day: undefined };
    if (day) put({ day });
    else if (reading.no || UNDECIDED.test(text)) {
      put({ from: clock.day });
    }
    moved = next !== form;
  }

  // A nurse in a story is not one who was asked for.
  const asksRole = text.split(' ').length <= ROLE_WORDS;
  const person =
    found.person ??
    (asksRole && found.role && practice.people.filter((one) => one.role === found.role).length === 1
      ? practice.people.find((one) => one.role === found.role)
      : undefined);
  if (person && person.name !== form.person) {
    moved = true;
    put({ person: person.name });
    if (!next.day && form.declined) put({ day: form.declined });
  } else if (
    /\b(?:anyone|anybody|someone else|any doctor|either doctor)\b/.test(text) &&
    form.person
  ) {
    moved = true;
    put({ person: undefined, day: next.day ?? form.declined });
  }
  if (reading.service && reading.service.name !== form.service) {
    moved = true;
    put({ service: reading.service.name });
  }
  if (moved) put({ slot: undefined, offered: [], proposed: undefined, declined: undefined });

  const name =
    (asked === 'confirm' || asked === 'what' ? respelled(reading.heard, form.name) : undefined) ??
    reading.name ??
    (asked === 'name' && !moved && !hit ? answeredName(reading.heard) : undefined) ??
    (asked === 'confirm' &&
    (reading.no || SPELLED.test(text) || FULL_NAME.test(reading.heard)) &&
    !moved &&
    !hit
      ? answeredName(reading.heard)
      : undefined);
  const ofStaff = found.person?.name.endsWith(name ?? '');
  if (name && name !== form.name && !ofStaff) put({ name });
  const wished = next.slot?.minute ?? next.at;
  if (wished !== undefined && next !== form) put({ wished });
  return { form: next, changed: next !== form };
}
