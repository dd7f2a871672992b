// German talk beside the matter, and manners: one sentence, and then what was open, or what can be
// done.
import type { Reading } from '../intents';
import { reply, type State, type Step } from '../state';
import { MORE } from './booking-results';

const PRESENCE =
  /\b(?:hoeren|verstehen|hoerst) (?:sie|du) mich\b|\b(?:sind|bist) (?:sie|du) (?:noch )?da\b|\bist (?:da |hier )?(?:noch )?jemand(?: da| dran)?\b|\bkoennen sie mich (?:hoeren|verstehen)\b|^hallo(?: hallo)+$/;

/** What is talked of beside the matter → what is said to it; the first that fits. */
const CHAT: readonly (readonly [RegExp, string])[] = [
  [PRESENCE, 'Ja, ich bin da und höre Sie.'],
  [
    /\b(?:hoere|verstehe) (?:sie|dich|ich sie) (?:\w+ )?(?:nicht|kaum|schlecht)\b|\bschlechte (?:leitung|verbindung)\b|\b(?:rauscht|echo)\b/,
    'Ich höre Sie gut, und Sie können auch mitlesen und mir schreiben.',
  ],
  [
    /\b(?:nicht|ungern) (?:gern )?mit (?:einer |einem )?(?:maschinen?|computern?|robotern?|automaten)\b/,
    'Das verstehe ich, ich kann auch eine Nachricht aufnehmen, und ein Mensch ruft zurück.',
  ],
  [
    /\b(?:wie alt|verheiratet|woher kommen sie|schlafen sie|haben sie (?:gefuehle|kinder|hobbys)|wer hat sie (?:gemacht|gebaut|programmiert)|welches modell|moegen sie|traeumen sie|sind sie (?:gluecklich|muede|traurig))\b/,
    'Ich bin ein Programm und kein Mensch, von mir gibt es wenig zu erzählen.',
  ],
  [
    /\b(?:witz|sing\w*|lied|musik|gedicht|geschichte|raetsel)\b/,
    'Mit Terminen kenne ich mich leider besser aus als mit Unterhaltung.',
  ],
  [/\b(?:et)?was fragen\b|\b(?:eine|noch ne) frage$/, 'Fragen Sie nur.'],
  [
    /\b(?:lauter|leiser|langsamer|deutlicher)\b/,
    'Sie können mitlesen, was ich sage, und am Gerät die Lautstärke stellen.',
  ],
  [
    /\b(?:deutsch|englisch|franzoesisch|tuerkisch|spanisch|polnisch|russisch|arabisch)\b/,
    'In diesem Anruf spreche ich Deutsch.',
  ],
  [
    /\b(?:wetter|regnet|regen|schneit|schnee|sonne scheint)\b/,
    'Vom Wetter bekomme ich hier nichts mit.',
  ],
  [
    /\b(?:da bin ich|bin (?:ich )?wieder da|ich bin (?:wieder|jetzt) (?:da|soweit))\b/,
    'Schön, dass Sie wieder da sind.',
  ],
  [/^(?:ach )?(?:ist mir )?egal$/, 'Schon gut.'],
  [/\b(?:langweilig|langweile|einsam|allein)\b/, 'Es tut gut, eine Stimme zu hören, nicht wahr.'],
  [
    /\b(?:beeil\w*|schneller|los jetzt|mach(?:en sie)? (?:schon|hin|schneller)|dauert (?:das )?(?:\w+ ){0,3}(?:ewig|lange)|keine zeit|eilig|nun machen|zack|komm(?:en sie)? schon|kuerzer|fassen sie sich kurz|ungeduldig|geduld)\b/,
    'Ich fasse mich kurz.',
  ],
  [
    /\b(?:scheiss\w*|mist|idiot\w*|bloed\w*|dumm\w*|verdammt\w*|arsch\w*|verflucht|nervt|nerven sie|genervt|zu kompliziert|was soll das|halt die klappe|halts maul)\b/,
    'Es tut mir leid, dass das so mühsam ist.',
  ],
];

/** Sounds and little words that say nothing yet. */
const FILLER =
  /^(?:(?:aeh+m?|hm+|mhm|ah|ach|oh|also|so|naja|na|nun|tja|okay|ok|gut|schoen|super|prima|toll|und|aber|dann|jetzt|soso|aha) ?)+$/;
const OPEN = 'Was kann ich für Sie tun?';

/** Whether the caller only asks whether somebody listens. */
export const isThere = ({ plain, wants }: Reading) => wants.length === 0 && PRESENCE.test(plain);

/** Whether it is talk beside the matter: then a word of it is no name, and a day in it no wish. */
export const isBeside = ({ plain }: Pick<Reading, 'plain'>) =>
  CHAT.some(([pattern]) => pattern.test(plain));

/** The reply to talk beside the matter; undefined where it was none. */
export function chat(state: State, reading: Reading, open: readonly string[]): Step | undefined {
  const said = CHAT.find(([pattern]) => pattern.test(reading.plain))?.[1];
  const asked = state.form ? state.asked : 'help';
  if (said) return reply(state, asked, said, ...(state.form && open.length > 0 ? open : [OPEN]));
  const offered = state.asked === 'offerMessage' || state.asked === 'offerBooking';
  if (state.form || offered || !FILLER.test(reading.plain)) return undefined;
  return reply(state, 'help', 'Lassen Sie sich Zeit.', OPEN);
}

/** The reply to a courtesy, and then what was open; undefined where there was none. */
export function courtesy(
  state: State,
  reading: Reading,
  open: readonly string[],
): Step | undefined {
  const { courtesies, name } = reading;
  const back = (said: string, ask = MORE) =>
    state.form && open.length > 0
      ? reply(state, state.asked, said, ...open)
      : reply(state, ask === MORE ? 'more' : 'help', said, ask);
  if (courtesies.includes('complaint')) {
    const sorry = 'Das tut mir leid.';
    const ask = 'Soll ich das als Nachricht aufschreiben?';
    return reply({ ...state, form: undefined }, 'offerMessage', sorry, ask);
  }
  if (courtesies.includes('wait')) {
    return reply(state, state.asked, 'Lassen Sie sich ruhig Zeit, ich warte.');
  }
  if (courtesies.includes('howAreYou')) return back('Mir geht es gut, danke der Nachfrage.', OPEN);
  if (courtesies.includes('thanks')) return back('Gern geschehen.');
  if (courtesies.includes('praise')) return back('Das ist nett von Ihnen.');
  if (courtesies.includes('hello')) {
    const step = back(
      `${state.greeted ? 'Hallo noch einmal' : 'Guten Tag'}${name ? `, ${name}` : ''}.`,
      OPEN,
    );
    return { ...step, state: { ...step.state, greeted: true } };
  }
  if (courtesies.includes('sorry')) return back('Das macht nichts.', OPEN);
  if (name && !state.form) {
    return reply({ ...state, caller: name }, 'help', `Guten Tag, ${name}.`, OPEN);
  }
  if (!state.form && (state.asked === 'help' || state.asked === 'more')) {
    if (reading.agreed) return reply(state, 'help', 'Natürlich.', OPEN);
    if (reading.declined) {
      const can = 'Ich kann auch einen Termin vereinbaren oder eine Nachricht aufnehmen.';
      return reply(state, 'help', 'In Ordnung.', can, 'Was möchten Sie?');
    }
  }
  return undefined;
}
