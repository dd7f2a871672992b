// Other words for what agents say, in English.
import type { Rewording } from './unrepeated';

/** Sentences that come often, and other words for each, taken in turn. */
const WAYS: readonly (readonly string[])[] = [
  ['Is there anything else?', 'What else can I do for you?', 'Anything else I can help with?'],
  ['What can I do for you?', 'How can I help you?', 'What would you like to know or do?'],
  ['How can I help?', 'What can I do for you?', 'What is it about?'],
  ['Which would you like?', 'Which of these suits you?', 'Which one suits you?'],
  ['What day would you like?', 'Which day suits you?', 'On which day, please?'],
  ['What name shall I put it under?', 'Under what name, please?', 'And the name, please?'],
  ['What is the message?', 'What shall I pass on?', 'What would you like the message to say?'],
  ['Who is it from?', 'What name shall I put on it?', 'And your name, please?'],
  ['What number can we call you on?', 'What number shall we call?', 'And what number is best?'],
  ['Shall I book it?', 'Is that right?', 'Shall I go ahead?'],
  ['Shall I book it, yes or no?', 'Is that right, yes or no?', 'Shall I go ahead, yes or no?'],
  ['Shall I pass it on?', 'Is that right so?', 'Shall I send it like that?'],
  ['Shall I take a message?', 'Would you like to leave a message?', 'Shall I write it down?'],
  [
    'Shall I take a message, so that someone calls you back?',
    'Would you like someone to call you back about it?',
    'Shall I ask a colleague to call you?',
  ],
  [
    'Shall I take a message, so that they call you back?',
    'Would you like them to call you back about it?',
    'Shall I ask a colleague to call you?',
  ],
  ["You're welcome.", 'With pleasure.', 'Not at all.'],
  ['All right.', 'Fine.', 'Very well.'],
  ['No problem.', "That's fine.", 'Never mind.'],
  ['Of course.', 'Certainly.', 'Gladly.'],
  ['Go ahead.', "I'm listening.", 'Yes, please tell me.'],
  ["That's kind of you.", 'How nice of you to say.', 'Thank you, that is nice to hear.'],
  ['Thank you for calling.', 'Take care.', 'Thanks for your call.'],
  ['Goodbye.', 'Goodbye then.', 'Until next time, goodbye.'],
  ['One moment, please.', 'Just a moment longer, please.', 'It will only be a moment.'],
  ["I'm sorry about that.", 'I do apologise.', "I understand, and I'm sorry."],
  ["Sorry, I didn't catch that.", "I'm afraid I missed that.", 'I could not make that out.'],
];

/** The same for sentences with something of the caller's in them. */
const FORMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^Would (.+) suit you\?$/, ['Is $1 all right?', 'Could you come $1?']],
  [/^Would you like (.+)\?$/, ['Which one, $1?', 'There is $1, which shall it be?']],
  [/^Which one, (.+)\?$/, ['I have $1, which shall it be?', 'Would you like $1?']],
  [/^So that's (.+)\.$/, ["I've got down $1.", 'To sum up, $1.']],
  [/^(.+) has already passed\.$/, ['$1 is over, too.', '$1 is in the past.']],
  [/^The message(.*) is: (.+)$/, ['It now says$1: $2', 'The message$1 now is: $2']],
];

/** First words that are small inside a sentence. */
const SMALL =
  /^(?:A|An|And|At|For|If|In|It|It's|Just|Let|No|On|Our|Please|Say|Shall|Some|Tell|That|That's|The|There|There's|They|This|To|Today|Tomorrow|We|We'd|We'll|We're|We've|What|When|Which|Who|With|Would|Yes|You|You'll|You're|Your)\b/;

/** See `unrepeated.ts`. */
export const english: Rewording = {
  ways: WAYS,
  forms: FORMS,
  yesOrNo: /^(?:Shall|Should|Would|Will|Is|Are|Do|Does|Can|Could|May)\b/,
  endings: [', please?', ', or not?'],
  leads: { question: ['So,', 'Then,'], statement: ['As I said,', 'Once more,'] },
  inside: (sentence) =>
    SMALL.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence,
};
