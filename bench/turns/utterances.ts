// What callers say in the measurement, and the question it answers. `[600]` is a pause of that many
// milliseconds in the middle. Those of `CHECK` were written when the rules stood, and no rule was made
// for them.

/** One turn of a caller. */
export interface Utterance {
  /** What the agent had said. */
  readonly after: string;
  readonly say: string;
  readonly kind: Kind;
}

type Kind =
  | 'whole sentence'
  | 'pause in the middle'
  | 'hesitation'
  | 'short answer'
  | 'number or time in pieces';

/** What the agent asks. */
export const HELP = 'How can I help?';
export const DAY = 'What day would you like?';
export const NAME = 'What name shall I put it under?';
export const NUMBER = 'What number can we call you on?';
export const BOOK = 'Tomorrow at ten is free. Shall I book it?';
export const MORE = 'Is there anything else?';
export const TIME = 'What time would you like?';

const of = (kind: Kind, ...list: readonly (readonly [string, string])[]): Utterance[] =>
  list.map(([after, say]) => ({ after, say, kind }));

/** What the rules were made with. */
export const LEARN: readonly Utterance[] = [
  ...of(
    'whole sentence',
    [HELP, 'What are your opening hours on Saturday?'],
    [HELP, 'Where can I park my car?'],
    [HELP, 'I need to see a doctor tomorrow morning.'],
    [HELP, 'How much does a check up cost?'],
    [HELP, 'My daughter has had a fever since yesterday.'],
    [HELP, 'Can I speak to somebody about my bill?'],
    [HELP, 'I want to cancel my appointment on Monday.'],
    [MORE, 'Do I have to bring anything with me?'],
    [MORE, 'No, that is all, thank you very much.'],
    [HELP, 'Is Doctor Osei there on Thursday afternoon?'],
    [DAY, 'The day after tomorrow would be best.'],
    [BOOK, 'Yes, please book that one for me.'],
    [BOOK, 'No, I would rather come in the afternoon.'],
    [HELP, 'When is the next free appointment with the nurse?'],
    [NAME, 'My name is Maria Fernandez.'],
    [HELP, 'You sent me the wrong invoice last week.'],
    [HELP, 'How do I get to you by bus?'],
    [HELP, 'Who is the dentist on duty today?'],
  ),
  ...of(
    'pause in the middle',
    [HELP, "I'd like to book [600] an appointment for Friday."],
    [HELP, 'I need to come in on [800] Wednesday morning.'],
    [HELP, 'Can I get an appointment with [500] Doctor Osei?'],
    [HELP, 'I would like to know when [700] you are open on Sunday.'],
    [HELP, "I'm calling because [900] I lost my prescription."],
    [DAY, 'Could we do Tuesday or [1100] maybe Thursday?'],
    [NAME, 'My name is [700] Peter Miller.'],
    [HELP, 'Do you have anything free [300] on Monday?'],
    [HELP, "I'd like to book an appointment [600] for my son."],
    [HELP, 'I want to change my appointment [400] to next week.'],
    [BOOK, 'No, I need something in the [1000] afternoon.'],
    [HELP, 'My tooth hurts and [1200] I need help today.'],
    [HELP, 'Could you tell me if [400] you take new patients?'],
    [HELP, 'I have a question about my [500] last invoice.'],
    [HELP, 'I have to cancel [700] my visit tomorrow.'],
    [DAY, 'It has to be after [300] the tenth of June.'],
    [HELP, 'I was at the clinic yesterday, and the [1000] nurse forgot my card.'],
    [HELP, 'Is it possible to [800] come without an appointment?'],
  ),
  ...of(
    'hesitation',
    [HELP, 'Um, [600] what are your opening hours?'],
    [HELP, "I'd like, um, [700] a check up next week."],
    [DAY, 'Well, [500] maybe on Friday.'],
    [BOOK, 'Uh, [800] yes, that is fine.'],
    [HELP, 'So, [400] I think I need a dentist.'],
    [DAY, 'Let me see, [1100] Thursday would be good.'],
    [TIME, 'Hmm, [900] around nine in the morning.'],
    [HELP, 'I need, uh, [500] something for the pain.'],
    [NAME, "It's, um, [600] Jonathan Baker."],
    [BOOK, 'One moment, [1200] yes, please book it.'],
  ),
  ...of(
    'short answer',
    [BOOK, 'Yes.'],
    [BOOK, 'No thanks.'],
    [DAY, 'Friday.'],
    [MORE, 'No.'],
    [BOOK, 'Yes please.'],
    [TIME, 'At half past ten.'],
    [DAY, 'Next Monday.'],
    [BOOK, 'Okay, great.'],
    [NAME, 'Susan Parker.'],
    [MORE, "No, that's all. Goodbye."],
    [BOOK, 'Sure.'],
    [DAY, 'Tomorrow.'],
    [TIME, 'In the morning.'],
    [MORE, 'Thank you.'],
    [BOOK, "That's right."],
  ),
  ...of(
    'number or time in pieces',
    [NUMBER, 'five five five [700] oh one four two.'],
    [NUMBER, 'four one five [500] nine two seven [600] three three one eight.'],
    [NUMBER, "It's five five five [900] one two one two."],
    [TIME, 'At ten [400] thirty.'],
    [TIME, 'Half past [500] nine.'],
    [DAY, 'On the twenty [300] third of March.'],
    [NUMBER, 'oh seven seven [600] one two three [600] four five six.'],
    [TIME, 'Between nine and [700] eleven.'],
  ),
  ...of(
    'whole sentence',
    [HELP, 'Are you open on public holidays?'],
    [HELP, 'My back has been hurting for a week.'],
    [HELP, 'Could you send the invoice again?'],
    [BOOK, 'That would be wonderful.'],
    [MORE, 'Why was I charged twice?'],
    [HELP, 'I want to leave a message for the doctor.'],
    [DAY, 'I can come on Wednesday or Thursday.'],
    [HELP, 'Which bus stops near the practice?'],
  ),
  ...of(
    'pause in the middle',
    [HELP, 'I was wondering whether [600] you do blood tests.'],
    [HELP, 'Please tell the doctor that [900] I will be late.'],
    [HELP, 'We need an appointment for [500] two children.'],
    [DAY, 'Not on Monday but [800] any other day.'],
    [HELP, 'I need a new appointment [500] with the dentist.'],
    [HELP, 'How long does it [400] usually take?'],
    [BOOK, 'Could you make it [600] a little later?'],
    [MORE, 'Yes, I also wanted to ask about [1000] my insurance.'],
  ),
  ...of(
    'hesitation',
    [HELP, 'Er, [700] I think I missed my appointment.'],
    [TIME, 'Maybe, um, [800] at three.'],
    [DAY, 'Let me think, [1000] how about Tuesday?'],
    [HELP, 'Hello, uh, [500] is this the practice?'],
  ),
  ...of(
    'short answer',
    [BOOK, 'Perfect.'],
    [BOOK, 'Not really.'],
    [DAY, 'On Thursday.'],
    [NAME, 'Robert King.'],
    [MORE, 'Nothing else, thanks.'],
    [TIME, 'Two in the afternoon.'],
  ),
  ...of(
    'number or time in pieces',
    [NUMBER, 'six one seven [800] five five five [500] oh one nine nine.'],
    [NUMBER, 'My number is [600] five five five [600] seven seven eight one.'],
    [TIME, 'At a quarter [400] to eleven.'],
    [DAY, 'The first of [700] September.'],
  ),
];

/** What the rules had not seen. */
export const CHECK: readonly Utterance[] = [
  ...of(
    'whole sentence',
    [HELP, 'What should I do about a bee sting?'],
    [HELP, 'My son fell off his bike this morning.'],
    [HELP, 'Are there any appointments left today?'],
    [BOOK, 'Yes, that works for me.'],
    [MORE, 'How long will the visit take?'],
    [HELP, 'I got a letter from you about a payment.'],
    [DAY, 'Any day next week is fine.'],
    [HELP, 'Would you please call me back later?'],
    [MORE, 'No, I have everything I need.'],
  ),
  ...of(
    'pause in the middle',
    [HELP, 'I wanted to ask if [700] the doctor is back.'],
    [HELP, 'We moved house, so [900] our address has changed.'],
    [HELP, 'Is there a place where [500] I can leave my bike?'],
    [DAY, 'Either Monday or [800] Friday morning.'],
    [HELP, 'I need a letter for [1100] my employer.'],
    [HELP, 'Can you move my visit [500] to the afternoon?'],
    [BOOK, 'Yes, but only if [600] it is with Doctor Lind.'],
    [MORE, 'Could I also book [800] one for my husband?'],
    [NAME, 'It is under [600] Johnson.'],
  ),
  ...of(
    'hesitation',
    [HELP, "Hi, um, [700] I'm calling about my results."],
    [DAY, 'Er, [600] next Tuesday, please.'],
    [TIME, 'Hold on, [1000] about four in the afternoon.'],
    [HELP, 'Well, uh, [800] it is about my knee.'],
  ),
  ...of(
    'short answer',
    [BOOK, 'Yeah, sure.'],
    [DAY, 'Wednesday, please.'],
    [MORE, 'No, nothing.'],
    [TIME, "Nine o'clock."],
    [NAME, 'Helen Brown.'],
    [BOOK, 'No, not that one.'],
  ),
  ...of(
    'number or time in pieces',
    [NUMBER, 'two oh six [600] five five five [700] one eight three four.'],
    [TIME, 'Around eleven [500] in the morning.'],
    [NUMBER, 'Yes, it is [800] nine nine five [500] one two three four.'],
  ),
];
