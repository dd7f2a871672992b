// What Frank says in German beside the matter: to courtesies, to what is for the front desk, and to what
// he did not understand, each time with something to go on with.
import { MORE } from '../../front-desk/german/booking-results';
import type { Reading } from '../../front-desk/intents';
import { reply, type State, type Step } from '../../front-desk/state';
import { ABILITIES } from './answers';

const CALL_BACK = 'Soll ich eine Nachricht aufnehmen, damit man Sie zurückruft?';
const HELP = 'Was kann ich für Sie tun?';

/** What is for the front desk. */
export const notHere = (desk: State): Step =>
  reply(
    { ...desk, form: undefined },
    'offerMessage',
    'Das macht der Empfang, nicht die Abrechnung.',
    CALL_BACK,
  );

/** The reply to a courtesy, and then what was open; undefined where there was none. */
export function courtesy(desk: State, reading: Reading, open: readonly string[]): Step | undefined {
  const { courtesies, name, yes, no } = reading;
  const pending = desk.form ? open : [];
  const back = (asked: State['asked'], said: string, ask: string) =>
    pending.length > 0 ? reply(desk, desk.asked, said, ...pending) : reply(desk, asked, said, ask);
  if (courtesies.includes('complaint')) {
    return reply({ ...desk, form: undefined }, 'offerMessage', 'Das tut mir leid.', CALL_BACK);
  }
  if (courtesies.includes('wait')) {
    return reply(desk, desk.asked, 'Natürlich, lassen Sie sich Zeit.');
  }
  if (courtesies.includes('howAreYou')) return back('help', 'Danke, mir geht es gut.', HELP);
  if (courtesies.includes('thanks')) return back('more', 'Gern geschehen.', MORE);
  if (courtesies.includes('praise')) return back('more', 'Das ist nett von Ihnen.', MORE);
  if (courtesies.includes('hello')) return back('help', 'Guten Tag.', HELP);
  if (courtesies.includes('sorry')) return back('help', 'Das macht nichts.', HELP);
  if (name && !desk.form)
    return reply({ ...desk, caller: name }, 'help', `Guten Tag, ${name}.`, HELP);
  if (desk.form || (desk.asked !== 'help' && desk.asked !== 'more')) return undefined;
  if (yes) return reply(desk, 'help', 'Ja, bitte.', 'Was möchten Sie wissen?');
  return no ? reply(desk, 'help', 'In Ordnung.', HELP) : undefined;
}

/** Said in turn where nothing was understood and nothing is open. */
const TURNS: readonly (readonly [State['asked'], string, string])[] = [
  ['help', 'Das habe ich leider nicht verstanden.', ABILITIES],
  [
    'help',
    'Da bin ich leider nicht mitgekommen.',
    'Fragen Sie zum Beispiel: Wie kann ich zahlen? Oder: Was kostet eine Blutabnahme?',
  ],
  ['offerMessage', 'Ich verstehe Sie leider schlecht.', CALL_BACK],
  [
    'help',
    'Das kann ich immer noch nicht verstehen.',
    'Sie können mir auch schreiben, oder eine Nachricht hinterlassen.',
  ],
];
/** The same with a message being taken. */
const WITHIN: readonly string[] = [
  'Das habe ich leider nicht verstanden.',
  'Das ist bei mir leider nicht angekommen.',
  'Sie können auch tippen, oder abbrechen sagen.',
];

/** The reply to what was not understood, for the first, second, third time running. */
export function lostReply(desk: State, open: readonly string[]): Step {
  const state = { ...desk, lost: desk.lost + 1 };
  if (desk.form && open.length > 0) {
    return reply(state, desk.asked, WITHIN[desk.lost % WITHIN.length] ?? '', ...open);
  }
  const [asked, ...say] = TURNS[desk.lost % TURNS.length] ?? TURNS[0] ?? ['help'];
  return reply(state, asked, ...say);
}
