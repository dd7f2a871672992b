// Takes what a German utterance says about an appointment into the form, so that a correction needs
// no rule of its own: a day said anew replaces the day, and what depends on it is asked again.
import { respelled } from '../booking-fill';
import { addDays } from '../calendar';
import type { Reading } from '../intents';
import type { Asked, BookingForm, Offer, World } from '../state';
import { answeredName, isSurname, NOT_NAMES } from './names';
import { plain } from './plain';

/** The form after the utterance, and whether it said anything about the appointment. */
interface Filled {
  readonly form: BookingForm;
  readonly changed: boolean;
}

const FIRST =
  /\b(?:(?:de[rn]|die|das) (?:1\.|fruehe?ste[rn]?)|so frueh wie moeglich|1\.(?: termin)?$|egal|irgendein\w*|entscheiden sie|suchen sie(?: sich)? .*aus|spielt keine rolle)(?=\s|$)/;
const LAST = /\b(?:de[rn]|die|das) (?:letzte[rn]?|spaeteste[rn]?)\b/;
/** A first name and a last one, said while something else was asked. */
const FULL_NAME = /^\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+[.!]?$/u;
/** A name and nothing else. */
const NAME_ALONE = /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?[.!]?$/u;
const UNDECIDED =
  /\b(?:egal|weiss (?:ich )?(?:noch )?nicht|keine ahnung|irgendwann|entscheiden sie|wann (?:es )?(?:ihnen )?passt|jederzeit)\b/;
const ANYONE =
  /\b(?:egal (?:wer|bei wem|wen)|jemand anders|jemand anderes?|(?:irgend)?ein(?:en|em)? andere[rnm]? (?:arzt|doktor|aerztin)|irgendwer|wer auch immer)\b/;

const QUARTERS: Readonly<Record<string, number>> = {
  'viertel nach': 15,
  halb: 30,
  'viertel vor': 45,
};

/** Which of the offered times was chosen by its place or its part of the day. */
function chosen(text: string, offered: readonly Offer[], yes: boolean): Offer | undefined {
  if (/\b(?:frueher|spaeter|andere\w*|kein\w*|nicht)\b/.test(text) && !/\bspaetere\b/.test(text))
    return undefined;
  if (FIRST.test(text)) return offered[0];
  if (LAST.test(text)) return offered.at(-1);
  const place =
    /\b(?:de[rn]|die|das) (2|3|mittlere[rn]?)(?:\.|\b)(?! (?:jan|feb|mae|apr|mai|jun|jul|aug|sep|okt|nov|dez))/.exec(
      text,
    )?.[1];
  if (place) return offered[place === '3' ? 2 : 1];
  // "Dann um Viertel nach": the hour is the one that was offered.
  const quarter = /\b(viertel nach|halb|viertel vor)(?: dann| bitte)*$/.exec(text)?.[1];
  if (quarter) return offered.find(({ minute }) => minute % 60 === QUARTERS[quarter]);
  const early = /\b(?:vormittags?|morgens|(?<!zu )frueh)\b/.test(text);
  if (early || /\bnachmittags?\b/.test(text)) {
    const fits = offered.filter(({ minute }) => minute < 720 === early);
    return fits.length === 1 ? fits[0] : undefined;
  }
  return yes && offered.length === 1 ? offered[0] : undefined;
}

/** "früher", "eine Stunde später", "am Tag danach": relative to what is on the table. */
export function relative(
  text: string,
  form: Pick<BookingForm, 'slot' | 'offered'>,
): Partial<BookingForm> | undefined {
  const sooner = /\bfrueher\b|\bzu spaet\b|\bdavor\b/.test(text);
  const base = form.slot ?? (sooner ? form.offered[0] : form.offered.at(-1));
  if (!base) return undefined;
  const days =
    /\bwoche (?:spaeter|danach|drauf|darauf)\b|\b(?:die|in der) woche (?:danach|darauf)\b/.test(
      text,
    )
      ? 7
      : /\b(?:tag|tags) (?:spaeter|danach|drauf|darauf)\b|\bam naechsten tag\b/.test(text)
        ? 1
        : /\btag (?:frueher|davor|vorher|zuvor)\b/.test(text)
          ? -1
          : 0;
  if (days) return { day: addDays(base.day, days) };
  const later = /\bspaeter\b|\bzu frueh\b/.test(text);
  if (!sooner && !later) return undefined;
  const step = /\bhalbe stunde\b/.test(text) ? 30 : /\b(?:eine|1) stunde\b/.test(text) ? 60 : 0;
  if (step) return { day: base.day, at: base.minute + (sooner ? -step : step) };
  return sooner
    ? { day: base.day, at: undefined, before: base.minute, after: undefined }
    : { day: base.day, at: undefined, after: base.minute + 1, before: undefined };
}

/** Takes the utterance into the form. */
export function fill(
  form: BookingForm,
  reading: Reading,
  asked: Asked,
  { practice, clock }: World,
): Filled {
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
    // "Den zweiten" is one of those offered, not a day of the month.
    const place = /\b(?:de[rn]|die|das) [123]\.(?: bitte| termin| nehme ich)*$/.test(text);
    if (offer && (!when.day || place)) {
      return { form: { ...form, day: offer.day, at: offer.minute, slot: offer }, changed: true };
    }
  }
  const hit = when.at !== undefined && !when.day && offered.find((one) => one.minute === when.at);
  const sameTime = /\b(?:gleiche[rn]?|selbe[rn]?|dieselbe) (?:zeit|uhrzeit)\b/.test(text);
  const part = ['time', 'confirm', 'what', 'name'].includes(asked)
    ? relative(text, form)
    : undefined;
  const sameDay = /\b(?:gleichen|selben) tag\b/.test(text) ? form.dayBefore : undefined;
  if (sameDay) put({ day: sameDay });
  if (sameTime && form.wished !== undefined) {
    moved = true;
    put({ day: when.day ?? form.day, at: form.wished, after: undefined, before: undefined });
  } else if (hit) {
    put({ day: hit.day, at: hit.minute, slot: hit });
  } else if (part && !when.day) {
    moved = true;
    put({ from: undefined, ...part });
  } else if (when.day || when.from || anyTime) {
    moved = true;
    if (when.day) put({ day: when.day, from: undefined });
    else if (when.from) put({ day: undefined, from: when.from });
    if (anyTime) put({ at: when.at, after: when.after, before: when.before });
  } else if (asked === 'day' && (reading.no || UNDECIDED.test(text))) {
    moved = true;
    put({ from: clock.day });
  }
  const only = practice.people.filter((one) => one.role === found.role);
  const person = found.person ?? (only.length === 1 ? only[0] : undefined);
  if (person && person.name !== form.person) {
    moved = true;
    put({ person: person.name, day: next.day ?? form.declined });
  } else if (form.person && ANYONE.test(text)) {
    moved = true;
    put({ person: undefined, day: next.day ?? form.declined });
  }
  if (reading.service && reading.service.name !== form.service) {
    moved = true;
    put({ service: reading.service.name });
  }
  if (moved) put({ slot: undefined, offered: [], proposed: undefined, declined: undefined });

  const corrects = (asked === 'confirm' || asked === 'what') && !moved && !hit;
  const given =
    (reading.name?.includes(' ') ? reading.name : undefined) ??
    (corrects ? respelled(reading.heard, form.name, isCommon) : undefined) ??
    reading.name ??
    (asked === 'name' && !moved && !hit ? answeredName(reading.heard) : undefined) ??
    (corrects && !reading.yes ? fuller(reading.heard, form.name) : undefined) ??
    (corrects && (reading.no || (!reading.yes && NAME_ALONE.test(reading.heard)))
      ? answeredName(reading.heard)
      : undefined);
  const early = (asked === 'time' || asked === 'day') && !moved && !hit && !form.name;
  const told =
    given ?? (early && FULL_NAME.test(reading.heard) ? answeredName(reading.heard) : undefined);
  const ofStaff = found.person?.name.endsWith(told ?? '');
  if (told && told !== form.name && !ofStaff) put({ name: told });
  const wished = next.slot?.minute ?? next.at;
  if (wished !== undefined && next !== form) put({ wished });
  return { form: next, changed: next !== form };
}

/** "Thomas Müller", where "Müller" was read back: however it is written. */
function fuller(heard: string, name: string | undefined): string | undefined {
  const whole = answeredName(heard);
  return name && whole && plain(whole).endsWith(` ${plain(name)}`) ? whole : undefined;
}

const isCommon = (word: string) => NOT_NAMES.has(plain(word)) && !isSurname(word);
