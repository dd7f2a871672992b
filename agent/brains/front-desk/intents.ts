// What a caller wants, read from one utterance: questions, requests, yes or no, and the day, time,
// name, person and service in it. Knows nothing of what was said before but what was asked last.
import type { Clock } from './calendar';
import { readDay } from './days';
import { EMERGENCY } from './emergency';
import type { Practice, Service } from './facts';
import { readHoliday } from './holidays';
import { findPerson, findService, type PersonFound } from './match';
import { announcedName, readPhone } from './names';
import * as patterns from './patterns';
import { readTimes } from './times';
import { clauses, plain } from './words';

/** What can be asked about the practice and its receptionist. */
export type Topic =
  | 'hours'
  | 'address'
  | 'parking'
  | 'phone'
  | 'services'
  | 'people'
  | 'price'
  | 'abilities'
  | 'identity'
  | 'time'
  | 'mine';

/** Day and time as a caller wished them. */
export interface When {
  readonly day?: string;
  readonly from?: string;
  readonly at?: number;
  readonly after?: number;
  readonly before?: number;
}

export interface Question {
  readonly topic: Topic;
  readonly when: When;
  readonly found: PersonFound;
  readonly service?: Service;
  readonly plain: string;
}

export type Want = 'booking' | 'message' | 'cancel' | 'change' | 'stop' | 'handover';
export type Courtesy = 'hello' | 'thanks' | 'howAreYou' | 'sorry' | 'wait' | 'praise' | 'complaint';

/** Everything found in one utterance. */
export interface Reading {
  readonly heard: string;
  readonly plain: string;
  readonly emergency: boolean;
  readonly questions: readonly Question[];
  readonly wants: readonly Want[];
  readonly courtesies: readonly Courtesy[];
  readonly yes: boolean;
  readonly no: boolean;
  /** A yes and little else: it takes what was offered. */
  readonly agreed: boolean;
  /** A no and little else: it declines what was offered, and says nothing of its own. */
  readonly declined: boolean;
  readonly bye: boolean;
  readonly done: boolean;
  readonly repeat: boolean;
  readonly when: When;
  readonly found: PersonFound;
  readonly service?: Service;
  readonly name?: string;
  readonly phone?: string;
  /** Plain text without days and times. */
  readonly rest: string;
}

function readWhen(text: string, practice: Practice, clock: Clock, bare: boolean) {
  const { rest: noTime, ...times } = readTimes(text, bare);
  const { rest, ...named } = readHoliday(noTime, practice, clock) ?? readDay(noTime, clock);
  // "This morning at nine" is today's, though only a part of the day is named.
  const today = /\b(?:this (?:morning|afternoon|evening)|tonight)\b/.test(text);
  const day = today && !named.day && !named.from ? { ...named, day: clock.day } : named;
  return { when: { ...times, ...day } as When, rest };
}

const defined = (when: When) =>
  Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)) as When;

/** Most words of an answer that only takes or declines: "no thank you very much". Our own choice. */
const DECLINE_WORDS = 5;
/** What a recogniser writes for what is no speech: "[BLANK_AUDIO]", "(inaudible)", "*cough*". */
const NO_SPEECH = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*/g;

/** Little words said twice by who hesitates; numbers are not among them. */
const STUTTER =
  /\b(i|i'd like|to|the|my|my name|is|on|at|an|a|an appointment|it|it's|where|by|thank|uh|um)(?:[ ,]+\1\b)+/gi;

/**
 * Reads one utterance.
 * @param bare whether a lone number can be a time, because a time was asked for.
 */
export function read(utterance: string, practice: Practice, clock: Clock, bare = false): Reading {
  const heard = utterance.replace(NO_SPEECH, ' ').replace(STUTTER, '$1');
  const all = plain(heard);
  const questions: Question[] = [];
  let when: When = {};
  const rests: string[] = [];
  const wants = new Set<Want>();
  for (const clause of clauses(heard)) {
    const text = plain(clause);
    const timed = readWhen(text, practice, clock, bare);
    const topic = patterns.TOPICS.find(([, pattern]) => pattern.test(text))?.[0];
    const service = findService(text, practice);
    const wantsIt = service && /\b(?:can|could|may) i (?:get|have|book)\b/.test(text);
    const want =
      patterns.WANTS.find(([, pattern]) => pattern.test(text))?.[0] ??
      (wantsIt || patterns.SYMPTOMS.test(text) ? 'booking' : undefined);
    // "Can I get an appointment" asks for the booking, "are you open for appointments" for hours.
    const asks = (want === 'booking' || want === 'handover') && patterns.ASKS.test(text);
    // "How much is my bill" is for billing, "how much is a blood test" is a question.
    const priced = topic === 'price' && want !== 'handover';
    // "Stop, what is your address?" gives up what was, for a question.
    if (topic && (!want || want === 'stop' || asks || topic === 'mine' || priced)) {
      questions.push({
        topic,
        // "Are you open tomorrow, and who is in?" asks both about tomorrow.
        when: {
          ...(timed.when.day ? {} : { day: questions.at(-1)?.when.day ?? when.day }),
          ...defined(timed.when),
        },
        found: findPerson(text, clause, practice),
        service,
        plain: text,
      });
      continue;
    }
    if (want) wants.add(want);
    when = { ...when, ...defined(timed.when) };
    rests.push(timed.rest);
  }
  const rest = rests.join(' ');
  const asked = new Set(questions.map(({ plain: text }) => text));
  const own = clauses(heard)
    .filter((clause) => !asked.has(plain(clause)))
    .join(' ');
  const no = patterns.NO.test(all) && !patterns.YES.test(all);
  return {
    heard: heard.trim(),
    plain: all,
    emergency: EMERGENCY.test(all),
    questions,
    wants: [...wants],
    courtesies: patterns.COURTESIES.filter(([, pattern]) => pattern.test(all)).map(
      ([name]) => name,
    ),
    yes: patterns.YES.test(all),
    no,
    agreed: patterns.YES.test(all) && all.split(' ').length <= DECLINE_WORDS,
    declined: no && all.split(' ').length <= DECLINE_WORDS,
    bye: patterns.BYE.test(all),
    done: patterns.DONE.test(all),
    repeat: patterns.REPEAT.test(all),
    when,
    found: findPerson(plain(own), own, practice),
    service: findService(rest, practice),
    name: announcedName(own),
    phone: readPhone(heard),
    rest,
  };
}
