// Questions that lean on what was said before: "and on Sunday?" after the opening hours, "how long
// will it take?" while an appointment is being made.
import { personOf, serviceOf } from './booking-days';
import type { Question, Reading } from './intents';
import type { Made, State, World } from './state';

/** Begins or ends an utterance that asks the last question anew, about something else. */
const LEANS =
  /^(?:(?:ok|oh|i know|so) )*(?:and|what about|how about|but)\b|\bi mean(?:t)?$|\b(?:till|until) when\b|^(?:christmas|new year)|^i mean(?:t)?\b|^then\b/;
/** Topics that can be asked anew with another day, person or service alone. */
const CARRIED = new Set(['hours', 'people', 'price', 'services']);

/** What is asked, with what it leans on put in. */
export function questionsIn(state: State, reading: Reading, world: World): readonly Question[] {
  const { questions, wants, when, found, service, plain, heard } = reading;
  const { form, question: before } = state;
  if (questions.length > 0) {
    return questions.map((one) => ({
      ...one,
      when: /\bthen\b/.test(one.plain) ? { day: before?.when.day, ...one.when } : one.when,
      service:
        one.service ??
        (/\bhow long\b/.test(one.plain) && form?.kind === 'booking'
          ? serviceOf(form, world)
          : undefined),
    }));
  }
  const leans = LEANS.test(plain) || heard.endsWith('?');
  const names = when.day !== undefined || found.person !== undefined || service !== undefined;
  if (!before || wants.length > 0 || !leans || !names) return [];
  // Within a form, a day belongs to it, unless the hours were just asked for.
  if (form && before.topic !== 'hours') return [];
  if (!CARRIED.has(before.topic) || when.at !== undefined) return [];
  const day = when.day ? when : before.when;
  return [{ ...before, when: day, found, service: service ?? before.service }];
}

/** The appointment that is spoken of: made in this call, or free and about to be. */
export function spokenOf(state: State, world: World): Made | undefined {
  const { form, made } = state;
  if (form?.kind !== 'booking' || !form.slot) return made;
  const service = serviceOf(form, world).name;
  const person = personOf(form, world)?.name ?? form.slot.person;
  return { ...form.slot, person, service, name: form.name ?? '', reference: '' };
}
