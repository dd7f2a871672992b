// Emergencies come before all else, however they are told in German, and stay one until the caller
// says that it is over.
import type { Reading } from '../intents';
import { reply, type State, type Step, type World } from '../state';
import { sayPhone } from './say';

export const EMERGENCY = new RegExp(
  `\\b(?:${[
    'notfall|notarzt|krankenwagen|rettungswagen|herzinfarkt|herzanfall|schlaganfall|ueberdosis|krampfanfall|vergift\\w*',
    'brustschmerz\\w*|schmerzen in der brust|brust (?:tut|schmerzt)|druck (?:auf|in) der brust|stechen in der brust',
    'keine luft|(?:kann|bekommt|kriegt) (?:kaum |nicht |nicht mehr )+(?:richtig )?(?:atmen|luft)|atemnot|atmet nicht|erstickt|erstick\\w*',
    'bewusstlos\\w*|ohnmaechtig|ohnmacht|zusammengebrochen|reagiert nicht|wacht nicht (?:mehr )?auf',
    'blutet (?:stark|sehr|heftig|ununterbrochen)|stark blut\\w*|blutung (?:hoert|stoppt) nicht|hoert nicht auf zu bluten',
    '(?:verschluckt|getrunken|gegessen) .*(?:putzmittel|reiniger|batterie|tabletten|spuelmittel)|(?:putzmittel|reiniger|batterie|tabletten|waschmittel) (?:\\w+ )?(?:verschluckt|getrunken|gegessen)',
    'suizid\\w*|selbstmord\\w*|mich umbringen|(?:mir|meinem) (?:\\w+ )?das leben (?:nehmen|zu nehmen)|nicht mehr leben|will sterben',
  ].join('|')})\\b`,
);

/** What tells that it is over, or that somebody sees to it. */
const OVER =
  /\b(?:besser|gut|alles klar|in ordnung|wach|aufgehoert|nur (?:ein )?(?:spass|scherz|test)|vorbei|sind da|ist da|unterwegs|angerufen|rufe (?:an|dort)|kein notfall|danke|dank)\b/;

/** Whether it tells that the emergency is over. */
export const isOver = ({ plain }: Reading) => OVER.test(plain);

/** What is said to a caller in need, and what to one who goes on about it. */
export function advise({ practice }: World, again: boolean): string {
  const number = sayPhone(practice.emergencyNumber);
  return again
    ? `Bitte rufen Sie jetzt ${number} an, dort sagt man Ihnen, was zu tun ist, und schickt Hilfe.`
    : `Wenn das ein Notfall ist, legen Sie bitte auf und rufen Sie sofort ${number} an.`;
}

/** Whether help was called or is there: no emergency any more, whatever words tell of it. */
export const isSeenTo = ({ plain }: Reading) =>
  /\b(?:unterwegs|ist (?:schon |jetzt )?da|sind (?:schon |jetzt )?da|angerufen|gerufen|kein notfall|vorbei)\b/.test(
    plain,
  );

/** The answer to who told of an emergency and now says something that is no request of its own. */
export function afterEmergency(
  state: State,
  reading: Reading,
  world: World,
  open: readonly string[] = [],
): Step {
  if (!isOver(reading)) return { say: [advise(world, true)], state };
  return reply(
    { ...state, urgent: false },
    state.form ? state.asked : 'help',
    'Gut, dass Sie es mir gesagt haben.',
    ...(state.form && open.length > 0 ? open : ['Kann ich noch etwas für Sie tun?']),
  );
}
