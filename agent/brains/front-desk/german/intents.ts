// What a caller wants, read from one German utterance, in the same terms as an English one.
import type { Clock } from '../calendar';
import type { Practice } from '../facts';
import type { Question, Reading, Want, When } from '../intents';
import { readPhone } from '../names';
import { readDay } from './days';
import { EMERGENCY } from './emergency';
import { findService } from './facts';
import { announcedName } from './names';
import * as patterns from './patterns';
import { findPerson } from './people';
import { clauses, plain } from './plain';
import { readTimes } from './times';
import { FIRST_ASKED, TOPICS } from './topics';
import { SYMPTOMS, WANTS, WISHES } from './wants';

/** What is left of a day or time once what cannot be is taken out: "nicht am Freitag, lieber …". */
const wished = (text: string) =>
  text
    .replace(/^.*\b(?:nicht|kein\w*)\b.*?\b(?=(?:sondern|lieber|besser)\b)/, '')
    .replace(/^.*\b(?:geht|passt|kann ich|ich kann|koennen wir)\b.*\bnicht\b/, '')
    .replace(/\bnicht (?:am|um|heute|morgen|diesen|so|erst)\b.*$/, '');

function readWhen(text: string, practice: Practice, clock: Clock, bare: boolean) {
  const { rest: noTime, ...times } = readTimes(wished(text), bare);
  const { rest, ...day } = readDay(noTime, practice, clock);
  return { when: { ...times, ...day } as When, rest };
}

const defined = (when: When) =>
  Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)) as When;

/** Most words of an answer that only takes or declines. Our own choice. */
const SHORT_WORDS = 5;
/** What a recogniser writes for what is no speech. */
const NO_SPEECH = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*/g;

/** The wish in a part of an utterance. */
function wantOf(text: string, service: boolean): Want | undefined {
  const named = WANTS.find(([, pattern]) => pattern.test(text))?.[0];
  const wished = (service && WISHES.test(text)) || SYMPTOMS.test(text);
  return named ?? (wished ? 'booking' : undefined);
}

/**
 * Reads one utterance.
 * @param bare whether a lone number can be a time, because a time was asked for.
 */
export function read(utterance: string, practice: Practice, clock: Clock, bare = false): Reading {
  const heard = utterance.replace(NO_SPEECH, ' ').trim();
  const all = plain(heard);
  const questions: Question[] = [];
  const wants = new Set<Want>();
  const rests: string[] = [];
  const own: string[] = [];
  let when: When = {};
  for (const clause of clauses(heard)) {
    const text = plain(clause);
    const timed = readWhen(text, practice, clock, bare);
    const service = findService(text, practice);
    const topic = TOPICS.find(([, pattern]) => pattern.test(text))?.[0];
    const want = wantOf(text, service !== undefined);
    const first = (topic && FIRST_ASKED.includes(topic)) || /\bwie lange dauer/.test(text);
    // "Was kostet ein Termin" asks, "haben Sie morgen einen Termin frei" wishes.
    const priced = topic === 'price' && want === 'handover' && !/\b(?:rechnung|mahnung)/.test(text);
    if (topic && (priced || !want || want === 'stop' || (first && want === 'booking'))) {
      const day = timed.when.day ?? questions.at(-1)?.when.day ?? when.day;
      const found = findPerson(text, practice);
      questions.push({ topic, when: { ...defined(timed.when), day }, found, service, plain: text });
      continue;
    }
    if (want) wants.add(want);
    when = { ...when, ...defined(timed.when) };
    rests.push(timed.rest);
    own.push(clause);
  }
  const rest = rests.join(' ');
  // What is asked takes and declines nothing.
  const answered = own.join(' ');
  const { yes, no } = patterns.yesOrNo(plain(answered), answered);
  const short = all.split(' ').length <= SHORT_WORDS;
  return {
    heard,
    plain: all,
    emergency: EMERGENCY.test(all),
    questions,
    wants: [...wants],
    courtesies: patterns.COURTESIES.filter(([, pattern]) => pattern.test(all)).map(([it]) => it),
    yes,
    no,
    agreed: yes && short,
    declined: no && short,
    bye: patterns.BYE.test(all),
    done: patterns.DONE.test(all),
    repeat: patterns.REPEAT.test(all) && !(when.day ?? when.from ?? when.at),
    when,
    found: findPerson(plain(own.join(' ')), practice),
    service: findService(rest, practice),
    name: announcedName(own.join(' ')),
    // Between digits, what is said and what is written are the same once they are plain.
    phone: readPhone(plain(heard.replace(/(\d)[-./](?=\d)/g, '$1 '))),
    rest,
  };
}
