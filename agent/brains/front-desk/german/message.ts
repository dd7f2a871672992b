// Takes a message in German: what it says, from whom, and a number to call back; reads it back, and
// passes it on with a yes. The words of the message are kept as they were heard.
import type { Reading } from '../intents';
import { type MessageForm, reply, type State, type Step } from '../state';
import { MORE } from './booking-results';
import { sayPerson } from './facts';
import { answeredName } from './names';
import { ASKS } from './patterns';
import { sayPhone, sentence } from './say';

/** Words before the message itself: "sagen Sie Doktor Lee bitte, dass …". */
const OPENINGS: readonly RegExp[] = [
  /\b(?:sagen|richten)\s+Sie\s+(?:bitte\s+)?(?:(?:frau|herrn?)\s+)?(?:(?:doktor|dr\.?|schwester)\s+\S+|ihm|ihr|ihnen|dem arzt|der ärztin)\s*(?:bitte)?,?\s*(?:aus,?\s*)?(?=\S)/i,
  /\bnachricht\b[^.:,]*[:,]\s*/i,
  /\bausrichten\b[^.:,]*[:,]\s*/i,
];
const CALL_BACK = /\b(?:rueckruf|zurueckruf\w*|rufen sie mich|mich (?:\w+ )?(?:zurueck|an)rufen)\b/;
const ASKS_FOR_PERSON =
  /\b(?:mensch(?:en)?|mitarbeiter|jemand(?:em)? (?:anderen? |richtigen? )?(?:sprechen|reden)|sprechen|durchstellen|verbinden)\b/;
const NOT_A_MESSAGE =
  /^(?:(?:ja|nein|ok|okay|bitte|gern|gerne|klar|gut|hallo|danke|aeh|aehm|ich|moechte|will|wuerde|eine|die|der|den|nachricht|hinterlassen|aufnehmen|dann|also|mir|fuer|etwas|ausrichten|text|den|lassen|koennen|sie|schreiben|notieren|moment|einen|sekunde) ?)+$/;
/** Most words of what is asked beside a message, and not dictated. Our own choice. */
const SHORT_WORDS = 5;

const tidy = (text: string) => {
  const whole = sentence(text.trim().replace(/[\s,;]+$/, ''));
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
};

function textIn(heard: string, plain: string): string | undefined {
  for (const opening of OPENINGS) {
    const match = opening.exec(heard);
    const text = match ? heard.slice(match.index + match[0].length).trim() : '';
    if (text.split(/\s+/).length >= 3) return tidy(text.replace(/[?\s]+$/, ''));
  }
  if (CALL_BACK.test(plain))
    return /\b(?:wegen|weil)\b/.test(plain) ? tidy(heard) : 'Bitte um Rückruf.';
  return undefined;
}

/** Begins a message with what the first utterance says of it. */
export function startMessage(state: State, reading: Reading): Step {
  const { found, heard, plain, name, phone } = reading;
  const text = textIn(heard, plain);
  const form: MessageForm = {
    kind: 'message',
    to: found.person?.name,
    text,
    from: name ?? state.caller,
    phone: phone ?? state.phone,
  };
  const human = !text && ASKS_FOR_PERSON.test(plain);
  const first = human
    ? 'Durchstellen kann ich Sie nicht, aber ich gebe gern eine Nachricht weiter.'
    : text
      ? 'Das richte ich aus.'
      : 'Gern.';
  return proceed(state, form, first);
}

/** Begins a message that was offered, with what of it is known already. */
export const offeredMessage = (state: State): Step =>
  proceed(
    state,
    { kind: 'message', to: state.missed, from: state.caller, phone: state.phone },
    'Gut.',
  );

/** Who a message is for, as it is said. */
const forWhom = (to: string | undefined) =>
  to === undefined ? '' : ` für ${to === 'billing' ? 'die Abrechnung' : sayPerson(to)}`;

function proceed(before: State, form: MessageForm, ...first: string[]): Step {
  const state = { ...before, form, caller: form.from || before.caller };
  const to = forWhom(form.to);
  if (!form.text) return reply(state, 'messageText', ...first, `Wie lautet die Nachricht${to}?`);
  if (form.from === undefined)
    return reply(state, 'messageFrom', ...first, 'Von wem ist die Nachricht?');
  if (form.phone === undefined) {
    return reply(state, 'messagePhone', ...first, 'Unter welcher Nummer erreichen wir Sie?');
  }
  const from = form.from ? `Von ${form.from}` : 'Ohne Namen';
  const phone = form.phone ? `, Nummer ${sayPhone(form.phone)}.` : ', ohne Nummer.';
  const read = `Die Nachricht${to} lautet: ${form.text}`;
  return reply(
    state,
    'messageConfirm',
    ...first,
    read,
    from + phone,
    'Soll ich das so weitergeben?',
  );
}

/** Answers within a message; undefined where the utterance said nothing to it. */
export function handleMessage(state: State, form: MessageForm, reading: Reading): Step | undefined {
  const { heard, plain, yes, no, phone, name, found } = reading;
  const words = plain.split(' ').length;
  switch (state.asked) {
    case 'messageText':
      if (no && words <= 2)
        return reply({ ...state, form: undefined }, 'more', 'In Ordnung.', MORE);
      if (ASKS_FOR_PERSON.test(plain) && words <= 2 * SHORT_WORDS) {
        return proceed(
          state,
          form,
          'Hier bin nur ich in der Leitung, aber ich schreibe alles auf.',
        );
      }
      if (NOT_A_MESSAGE.test(plain)) return undefined;
      if (ASKS.test(plain) && words <= SHORT_WORDS) return undefined;
      return proceed(state, {
        ...form,
        text: tidy(heard),
        from: form.from ?? name,
        phone: phone ?? form.phone,
      });
    case 'messageFrom': {
      const from = name ?? answeredName(heard);
      if (from) return proceed(state, { ...form, from, phone: phone ?? form.phone });
      if (phone) return proceed({ ...state, phone }, { ...form, phone });
      return no || /\banonym/.test(plain) ? proceed(state, { ...form, from: '' }) : undefined;
    }
    case 'messagePhone':
      if (phone) return proceed({ ...state, phone }, { ...form, phone });
      return no ||
        /\b(?:haben sie (?:schon|ja)|haben sie$|steht in|bekannt|dieselbe|die gleiche)\b/.test(
          plain,
        )
        ? proceed(state, { ...form, phone: '' })
        : undefined;
    case 'messageConfirm':
    case 'messageWhat': {
      if (phone) return proceed({ ...state, phone }, { ...form, phone });
      if (name) return proceed({ ...state, caller: name }, { ...form, from: name });
      if (found.person && found.person.name !== form.to) {
        return proceed(state, { ...form, to: found.person.name });
      }
      if (yes && state.asked === 'messageConfirm') {
        const { text, to, from, phone: number } = form;
        const args = { text, for: to, from: from || undefined, phone: number || undefined };
        return { say: [], use: { name: 'takeMessage', args }, state };
      }
      if (/\bnummer|telefon\b/.test(plain)) return proceed(state, { ...form, phone: undefined });
      if (/\bnamen?\b/.test(plain)) return proceed(state, { ...form, from: undefined });
      if (/\b(?:nachricht|text|inhalt)\b/.test(plain))
        return proceed(state, { ...form, text: undefined });
      // Said anew in place of what was read back.
      if (!yes && !no && words >= SHORT_WORDS)
        return proceed(state, { ...form, text: tidy(heard) });
      if (state.asked === 'messageWhat' && (no || yes)) return proceed(state, form);
      return no
        ? reply(state, 'messageWhat', 'Was soll ich ändern, den Text, den Namen oder die Nummer?')
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Says that the message is on its way. */
export function toldMessage(state: State, form: MessageForm): Step {
  const done = form.to
    ? `Danke, ich gebe es${forWhom(form.to).replace(' für', ' an')} weiter.`
    : 'Danke, ich habe es weitergegeben.';
  return reply({ ...state, form: undefined }, 'more', done, MORE);
}
