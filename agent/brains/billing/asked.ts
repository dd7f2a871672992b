// Which questions an utterance asks of billing, and their answers: those about bills, those of the
// front desk that need no diary, and a price that is asked by the name of a service alone.
import { answer as answerDesk } from '../front-desk/answers';
import type { Practice, Service } from '../front-desk/facts';
import type { Reading } from '../front-desk/intents';
import { findService } from '../front-desk/match';
import type { World } from '../front-desk/state';
import { clauses, plain } from '../front-desk/words';
import { type Answer, answer } from './answers';
import type { State } from './state';
import { billingTopic } from './topics';

/** Topics of the front desk that need no diary. */
const ALSO_TOLD = new Set(['hours', 'address', 'parking', 'phone', 'time']);

/** Most words of "and a vaccination?": more say something else about it. Our own choice. */
const PRICED_WORDS = 5;

/** The service whose price is asked by its name alone; "the doctor" names one, too. */
function servicePriced(text: string, practice: Practice): Service | undefined {
  if (
    text.split(' ').length > PRICED_WORDS ||
    /\b(?:book|make|have|get|need|want|cancel)\b/.test(text)
  ) {
    return undefined;
  }
  const byWord = /\b(?:and|what about|how about) the (\w{4,})$/.exec(text)?.[1];
  return (
    findService(text, practice) ??
    practice.services.find(({ name }) => byWord && plain(name).startsWith(byWord))
  );
}

/** The answers to what was asked, at most two. */
export function answersTo(state: State, reading: Reading, world: World): Answer[] {
  const { practice } = world;
  const { brief, invoice } = state;
  const known = { practice, brief, invoice, service: reading.service };
  return clauses(reading.heard)
    .flatMap((clause): Answer[] => {
      const text = plain(clause);
      const service = servicePriced(text, practice);
      const named = billingTopic(clause);
      const ofBill = named === 'price' && invoice && /\bis (?:it|that)$/.test(text);
      const topic = ofBill ? 'bill' : (named ?? (service && 'price'));
      const asked = reading.questions.find((question) => question.plain === text);
      if (topic)
        return [answer(topic, { ...known, service: asked?.service ?? service ?? reading.service })];
      return asked && ALSO_TOLD.has(asked.topic) ? [{ say: answerDesk(asked, world).say }] : [];
    })
    .slice(0, 2);
}
