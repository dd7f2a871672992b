// Three hundred sentences that callers say to a front desk, a clinic, a shop, billing and technical support: what the
// rules for the end of a turn are judged by (endpointing.sentences.test.ts), and what `npm run bench:turns` speaks.

/** A sentence, and the words of the agent that it answers. */
export interface Sentence {
  readonly after: string;
  readonly text: string;
}

/** A sentence with a pause in it. */
export interface Paused extends Sentence {
  /** The words after the pause. */
  readonly rest: string;
  /** Milliseconds that the first rules waited for the rest. Later rules may wait longer. */
  readonly least: number;
}

const HELP = 'How can I help?';
const DAY = 'What day would you like?';
const TIME = 'What time would you like?';
const NAME = 'What name shall I put it under?';
const NUMBER = 'What number can we call you on?';
const BOOK = 'Tomorrow at ten is free. Shall I book it?';
const ELSE = 'Is there anything else?';

const linesOf = (text: string) => text.trim().split(/\s*\n\s*/);
const saidAfter = (after: string, text: string): readonly Sentence[] =>
  linesOf(text).map((line) => ({ after, text: line }));

/** A line is the least wait, the words before the pause, and those after it. */
const pausedAfter = (after: string, text: string): readonly Paused[] =>
  linesOf(text).map((line) => {
    const [, least, before = '', rest = ''] = /^(\d+) (.*?) … (.*)$/.exec(line) ?? [];
    return { after, text: before, rest, least: Number(least) };
  });

/** Nothing is missing: callers wait for an answer. */
export const FINISHED: readonly Sentence[] = [
  ...saidAfter(
    HELP,
    `I'm here to see Mr Brennan.
    Could you put me through to accounts?
    I left my umbrella in the lobby.
    Is anyone at reception right now?
    Someone was supposed to ring me back.
    I can't find the entrance.
    Which floor are you on?
    The gate code doesn't work.
    I'd prefer to speak to a person.
    I will wait in the lobby.
    She said she would be there.
    I was told to call this number.
    Do I need to sign in?
    Can someone let me in?
    There's a parcel here for you.
    I'm the new tenant on the second floor.
    He says he knows you.
    We have a meeting with Helen.
    I think I have the wrong number.
    Who do I talk to about a complaint?
    My colleague is already waiting.
    I don't have his extension.
    It's about a delivery.
    I'd like to check in early.
    Is breakfast included?
    What time is check out?
    We will be two hours late.
    Please let her know I called.
    The wait was far too long.
    Nobody picks up the phone.
    Can you tell me where the lift is?
    It's the second door on the left.
    I twisted my ankle.
    My ear hurts when I swallow.
    I've been coughing all week.
    Can I get my test results?
    I need a repeat prescription.
    The pharmacy is out of it.
    I feel dizzy when I stand up.
    Do I have to fast before the scan?
    It hurts on the left side.
    I'm allergic to penicillin.
    I'd rather see a woman.
    I don't feel well.
    I would like a second opinion.
    The rash came back.
    He fell down the stairs.
    Does the nurse do stitches?
    I ran out of tablets.
    How long should I wait between doses?
    I can't move my finger.
    She has a temperature of thirty nine.
    My glasses broke.
    The doctor told me to rest.
    Should I take it with food?
    I had an operation in May.
    Can my wife come with me?
    I just need a sick note.
    You have my old address.
    What does it protect against?
    I want to know if it's contagious.
    I'm looking for a birthday present.
    Do you have this in blue?
    The zip is broken.
    I ordered the wrong size.
    My parcel never arrived.
    Can I return it without a receipt?
    Is the red one still available?
    I prefer the smaller one.
    When does the sale start?
    I want my money back.
    It doesn't fit.
    I'd like to exchange these shoes.
    The lid was missing.
    You sent me two by mistake.
    How heavy is the box?
    Can you wrap it?
    I have a voucher.
    Does it come with batteries?
    I'll take both.
    The colour looks different.
    Are these made of leather?
    What else do you have in stock?
    The website says it's sold out.
    I saw it in the window.
    I changed my mind.
    Can you hold one for me?
    It arrived yesterday.
    I bought a kettle from you.
    It smells like smoke.
    They said it would take a week.
    I'm not happy with it.
    You charged me twice.
    I already paid that.
    Why is it so high this month?
    My card was declined.
    I never signed up for that.
    Can I have another month to pay?
    Where do I send the cheque?
    I would prefer to pay in cash.
    I got a second reminder today.
    The amount is wrong.
    I cancelled it in June.
    What is this fee for?
    I want to change my bank details.
    Please take me off the list.
    How much do I owe you?
    I don't understand this charge.
    It should be forty dollars.
    I'm calling about a refund.
    I'd like to close my account.
    The discount is missing.
    Who approved this?
    I can pay half of it now.
    I would say it's a mistake.
    Is there a late fee?
    The payment went through.
    Can you send it by email?
    Stop charging me.
    That isn't what we agreed.
    My wife pays the bills.
    The screen is black.
    I can't log in.
    My password doesn't work.
    It keeps turning off.
    I've tried that already.
    My internet is down.
    How do I reset it?
    I switched it off and on again.
    There's no sound.
    It was working this morning.
    Nothing happens when I press it.
    I didn't get the code.
    The light is blinking red.
    Should I unplug it?
    I deleted it by accident.
    Which cable do I use?
    The app crashes every time.
    I get an error message.
    My phone won't charge.
    It froze for a second.
    I don't know my username.
    Where is the power button?
    I'm on the login page.
    Can you walk me through it?
    It asks for a licence key.
    I forgot what you said.
    Someone hacked my account.
    It's really slow.
    What did you say your name was?
    I followed every step.`,
  ),
  ...saidAfter(
    DAY,
    `I'd prefer the morning of the third.
    Any day but Monday.
    I'd say Wednesday.
    As soon as you can.
    Thursday works best.`,
  ),
  ...saidAfter(
    TIME,
    `Ten thirty.
    A quarter past two.
    The second one, please.
    Any time after lunch.
    Nine would be perfect.`,
  ),
  ...saidAfter(
    NAME,
    `Laura Bennett.
    It's under Kowalski.
    Put it under my husband's name.
    That's Daniel with one L.`,
  ),
  ...saidAfter(
    NUMBER,
    `I don't have one.
    The same number as before.
    You can reach me at work.
    Six one nine, five five five, two oh eight four.`,
  ),
  ...saidAfter(
    BOOK,
    `Yes, go ahead.
    That would be great.
    No, that's too early.
    Yes, I would.
    Could it be a bit later?
    I can't make it then.`,
  ),
  ...saidAfter(
    ELSE,
    `No, I can wait.
    That was everything.
    Yes, one more thing.
    I don't think so.
    Not for now, thanks.`,
  ),
];

/** Something is missing. */
export const UNFINISHED: readonly Paused[] = [
  ...pausedAfter(
    HELP,
    `1700 I would like to … change my address.
    1700 I'm calling to … confirm a delivery.
    1700 Could you tell me if … the shop is open?
    1100 The problem is that … nobody answers.
    1700 I need to speak with … the manager.
    1700 It's about the … leaking tap.
    1700 When I press the … green button, it beeps.
    352 When I press the button … nothing happens.
    352 If I pay by Friday … do I get the discount?
    1100 After I restarted it … the screen went black.
    1700 As soon as I turn it on … it makes a noise.
    1700 I can't find my … order confirmation.
    1100 It says that … my account is closed.
    1100 Do you have any … rooms with a bath?
    1700 Is there a … bus from the station?
    1700 I bought a pair of … boots from you.
    1700 My doctor told me to … see a specialist.
    1700 I've been waiting for … my parcel.
    1700 I have an appointment with … Doctor Lindqvist.
    1100 We ordered … four chairs and a table.
    1700 I live at … twelve Orchard Lane.
    1700 I want to change the … delivery date.
    1700 I paid with … my old card.
    1100 I'd prefer … something in the evening.
    1100 I would rather … have the money back.
    1700 My order number is … four four seven one.
    1700 My email is … anna at example dot com.
    1700 My last name is … Castellanos.
    1700 My account number is seven seven two … nine oh one five.
    1100 The reference is B … four nine two.
    1700 I got an email from … your colleague.
    1700 He wants to know whether … it is covered.
    1700 I'm looking for a … gift for my mother.
    1700 My son has a … swollen knee.
    1700 She has been in … a lot of pain.
    1700 I was charged for … something I returned.
    1700 Can I speak to … someone in sales?
    1700 Could you send me the … instructions again?
    1700 Please tell her that … I am running late.
    1700 I need it before … the weekend.
    1700 I think it was … last Thursday.
    1700 I'm not sure if … it is still under warranty.
    1700 The second one is … the one I want.
    1700 I can wait until … the end of the week.
    1700 Do I have to pay for … the return?
    1700 What is the price of … the larger one?
    1700 How long does it take to … get a refund?
    1700 Where can I … pick it up?
    1700 When is the next … available slot?
    352 Why does it … cost so much?
    1700 I tried to … install the update.
    1700 I turned it off and … on again.
    1700 The light is red but … the fan is running.
    1700 My card was declined because … it had expired.
    1700 I want to say … thank you.
    1100 They told me you … could help.
    1100 The one that I ordered … was blue.
    1100 The man who came yesterday … left his tools.
    1700 It looks like … a virus.
    1700 It seems to be … broken.
    1700 I've got a … cracked screen.
    1100 There is something … wrong with the lock.
    1700 I would like a second … opinion on this.
    1700 Could I have the … receipt by email?
    1700 My mother and … my sister will come too.`,
  ),
  ...pausedAfter(
    DAY,
    `1700 Either Tuesday or … Thursday.
    1700 Not on Monday but … Tuesday is fine.
    1700 It has to be after … the twentieth.`,
  ),
  ...pausedAfter(
    TIME,
    `1700 Sometime between … two and four.
    1100 Half past … eleven.
    1700 At about … three in the afternoon.`,
  ),
  ...pausedAfter(
    NAME,
    `1700 My name is … Rosalind Meyer.
    1700 It's under … Okafor.
    1700 You can put it under my … maiden name.`,
  ),
  ...pausedAfter(
    NUMBER,
    `1700 Six one nine … five five five, two oh eight four.
    1700 It's oh two oh … seven nine four six.
    1100 My number is … three one two, five five five.
    1100 You can call me on … my mobile.`,
  ),
  ...pausedAfter(
    BOOK,
    `1700 Yes, but only if … it is with the same doctor.
    1700 No, I need … something later.`,
  ),
];

/** The caller thinks, or asks for a moment. */
export const HESITATING: readonly Paused[] = [
  ...pausedAfter(
    HELP,
    `1700 Um … I have lost my key.
    1700 Hello, uh … is that the repair shop?
    1700 Well … it is a long story.
    1700 So … my order has not come.
    1700 Wait … I have it here.
    1700 Oh wait … that was the wrong one.
    1700 One second … I need my glasses.
    1700 Just a second please … my other phone is ringing.
    1700 Hang on … there is somebody at the door.
    1700 Hold on a minute … I will get the letter.
    1700 Give me a second … it is in the drawer.
    1700 Give me a moment … I will read it out.
    1700 Let me think … it was in spring.
    1100 Let me just check … it says forty two.
    1100 Let me have a look … it is the grey one.
    1700 Let me say … around twenty.
    1700 I mean … the other account.
    1700 It's, you know … a bit strange.
    1700 I was wondering … do you sell gloves?
    1700 I was hoping … you had one left.
    1700 It's kind of … a private matter.
    1700 It makes a sort of … clicking noise.
    1700 I guess … I need a new one.
    1700 I think … it is the router.
    1700 My order number is, um … six six two.
    1700 I need, uh … a plumber.
    1700 The password is, wait … it is written here.
    1700 How do I say … it does not feel right.`,
  ),
  ...pausedAfter(
    DAY,
    `1700 Let me see … Friday could work.
    1700 Hmm … next week perhaps.
    1700 I would say … Tuesday.
    1700 Maybe … the day after.
    1700 On, uh … Thursday.`,
  ),
  ...pausedAfter(
    TIME,
    `1700 I'd prefer, um … the early one.
    1700 Around, let me see … half past three.`,
  ),
  ...pausedAfter(
    NUMBER,
    `1700 It's, hold on … oh seven nine.
    1700 Wait a second … I have to look it up.`,
  ),
  ...pausedAfter(
    BOOK,
    `1700 Well, let me think … yes, that is good.
    1700 One moment please … I will ask my wife.
    1700 Uh … yes.`,
  ),
];
