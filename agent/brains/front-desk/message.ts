// Takes a message: what it says, from whom, and a number to call back; reads it back, and passes it
// on with a yes. The words of the message are kept as they were heard.
import type { Reading } from './intents';
import { answeredName, readPhone } from './names';
import { sayPhone } from './say';
import { type MessageForm, reply, type State, type Step } from './state';

const EMPTY: MessageForm = { kind: 'message' };

/** Words before the message itself: "can you tell Doctor Lee that …". */
const OPENINGS: readonly RegExp[] = [
  /\b(?:tell|let)\s+(?:(?:doctor|dr\.?|nurse)\s+\S+|him|her|them|someone|somebody|billing|accounts|the (?:doctor|nurse|practice))\s+(?:know\s+)?(?:that\s+)?(?=\S)/i,
  /\bmessage\b[^.:]*?\b(?:saying|that says|to say|which says|that)\s+(?:that\s+)?/i,
  /\bmessage\b[^.:]*?:\s*/i,
];
const CALL_BACK = /\b(?:call|ring|phone|get) (?:me )?back\b|\bring me\b|\bcall me\b/;
/** Asks for a person once more, where the message itself was asked for. */
const ASKS_FOR_PERSON =
  /\b(?:(?:want|need|get me|give me) (?:a |an |the |another )?(?:real )?(?:person|human)|(?:speak|talk) to (?:a |the |some|any|doctor|nurse|him|her)|put me through|real person|nobody else|operator|representative)\b|^(?:real )?(?:agent|human|person)$/;
/** Most words of what is said beside a message, and not as one. Our own choice. */
const SHORT_WORDS = 5;
const ASKED = /^(?:why|what|how|when|who|can|could|is|are|do|will) /;
const NOT_A_MESSAGE =
  /^(?:(?:no|yes|yeah|ok|okay|please|sure|hello|hi|thanks|thank you|um|uh|i|want|would like|i'd like|to|leave|a|the|message|can|could|take|just|then|fine|well|rather|one|my|me|for|let|write|down) ?)+$/;

const tidy = (text: string) => {
  const trimmed = text.trim().replace(/[\s,;]+$/, '');
  const whole = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
};

/** The message within the sentence that asks for one to be taken, if it is there already. */
function textIn(heard: string, plain: string): string | undefined {
  for (const opening of OPENINGS) {
    const match = opening.exec(heard);
    const text = match ? heard.slice(match.index + match[0].length).trim() : '';
    // The question mark belongs to "can you tell".
    if (text.split(/\s+/).length >= 3) return tidy(text.replace(/[?\s]+$/, ''));
  }
  if (CALL_BACK.test(plain) && /\b(?:about|because|regarding)\b/.test(plain)) return tidy(heard);
  return undefined;
}

/** Begins a message with what the first utterance says of it. */
export function startMessage(state: State, reading: Reading): Step {
  const { found, heard, plain, name, phone } = reading;
  const text = textIn(heard, plain) ?? (CALL_BACK.test(plain) ? 'Please call me back.' : undefined);
  const form = {
    ...EMPTY,
    to: found.person?.name,
    text,
    from: name ?? state.caller,
    phone: phone ?? state.phone,
  };
  const human = /\b(?:speak|talk) (?:to|with)\b|\breal person\b|\boperator\b/.test(plain);
  const first = human
    ? ["I can't put you through, but I can pass a message on."]
    : text
      ? ['I can pass that on.']
      : ['Of course.'];
  return proceed(state, form, ...first);
}

/** Begins a message that was offered, with what of it is known already. */
export function offeredMessage(
  state: State,
  known: Pick<MessageForm, 'to' | 'text'> = { to: state.missed },
): Step {
  const form = { ...EMPTY, ...known, from: state.caller, phone: state.phone };
  return proceed(state, form, 'All right.');
}

function proceed(before: State, form: MessageForm, ...first: string[]): Step {
  const state = { ...before, form, caller: before.caller ?? (form.from || undefined) };
  if (!form.text) {
    const to = form.to ? ` for ${form.to}` : '';
    return reply(state, 'messageText', ...first, `What is the message${to}?`);
  }
  if (form.from === undefined) return reply(state, 'messageFrom', ...first, 'Who is it from?');
  if (form.phone === undefined) {
    return reply(state, 'messagePhone', ...first, 'What number can we call you on?');
  }
  const to = form.to ? ` for ${form.to}` : '';
  const from = form.from ? `From ${form.from}` : 'Without a name';
  const phone = form.phone ? `, on ${sayPhone(form.phone)}.` : ', without a number.';
  return reply(
    state,
    'messageConfirm',
    ...first,
    `The message${to} is: ${form.text}`,
    from + phone,
    'Shall I pass it on?',
  );
}

const ASK_WHAT = 'What should I change, the message, the name or the number?';

/** Answers within a message; undefined where the utterance said nothing to it. */
export function handleMessage(state: State, form: MessageForm, reading: Reading): Step | undefined {
  const { heard, plain, yes, no, phone, name, found, wants } = reading;
  // Asked for once more, it is being taken.
  const insists =
    wants.includes('message') && ['messageFrom', 'messagePhone'].includes(state.asked);
  if (insists && plain.split(' ').length <= SHORT_WORDS) {
    return proceed(state, form, 'I am taking a message for you.');
  }
  switch (state.asked) {
    case 'messageText':
      if (no && plain.split(' ').length <= 2) {
        return reply(
          { ...state, form: undefined },
          'more',
          'All right.',
          'Is there anything else?',
        );
      }
      if (ASKS_FOR_PERSON.test(plain)) {
        return proceed(state, form, "I'm the only one on the line, but I can pass a message on.");
      }
      if (NOT_A_MESSAGE.test(plain)) return undefined;
      // "Why can't I?" is asked, not dictated.
      if (ASKED.test(plain) && plain.split(' ').length <= SHORT_WORDS) return undefined;
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
    case 'messagePhone': {
      const number = phone ?? readPhone(heard);
      if (number) return proceed({ ...state, phone: number }, { ...form, phone: number });
      if (
        no ||
        /\b(?:same|have it|already|file|don't have|none|rather not|no (?:phone )?number)\b/.test(
          plain,
        )
      ) {
        return proceed(state, { ...form, phone: '' });
      }
      return undefined;
    }
    case 'messageConfirm':
    case 'messageWhat': {
      const says = /\b(?:should|to) say (?:that )?(.+)/i.exec(heard)?.[1];
      if (says) return proceed(state, { ...form, text: tidy(says) });
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
      if (/\bnumber|phone\b/.test(plain)) return proceed(state, { ...form, phone: undefined });
      if (/\bname\b/.test(plain)) return proceed(state, { ...form, from: undefined });
      if (/\bmessage|text|words\b/.test(plain)) return proceed(state, { ...form, text: undefined });
      if (state.asked === 'messageWhat' && (no || yes)) return proceed(state, form);
      return no ? reply(state, 'messageWhat', ASK_WHAT) : undefined;
    }
    default:
      return undefined;
  }
}

/** Says that the message is on its way. */
export function toldMessage(state: State, form: MessageForm): Step {
  const done = form.to
    ? `Thank you, I'll see that ${form.to} gets it.`
    : "Thank you, I've passed it on.";
  return reply({ ...state, form: undefined }, 'more', done, 'Is there anything else?');
}
