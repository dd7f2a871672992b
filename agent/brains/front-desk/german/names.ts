// Finds a caller's name in German. Every noun has a capital there, so that a capital alone makes no
// name: phrases announce one, or it was asked for.

import { plain } from './plain';
import { sentence } from './say';

/** Words that are never (part of) a name, in plain form. */
export const NOT_NAMES = new Set(
  `aber aeh aehm ah ach alles also am an anders andere andern anderen arzt aerztin aerzte auch auf aus bei bin bis bitte blut blutabnahme
  da dann danke das dass dem den denn der des die dienstag diesen dies doch doktor donnerstag dort dr du egal ein eine einem einen einer
  eigentlich er es etwas euch falsch fieber freitag frei frueh frueher fuer fragen gar geben geht genau gerne gern gleich gut guten haben
  habe hallo halb hat herr heute hier hilfe hm hmm hoeren ich ihr ihre ihnen im impfung in irgendwas ist ja jahr jep jetzt jo jup jemand kann kein
  keine keinen klar korrekt koennen komme kommen kosten krank lieber los mal machen man mein meine meinen mich mir mit mittag mittwoch moechte
  moment montag morgen muss nach nachmittag nachricht name namen natuerlich nein nicht nichts noch nochmal null nummer nun nur ob oder ohne ok
  okay passt praxis prima problem quatsch rechnung richtig sagen samstag schmerzen schon schwester sehr sekunde sicher sie sind so sonntag
  sonst spaet spaeter sprechen spricht stimmt stunde stopp super tag tage telefon termin termine toll uebermorgen uhr um und uns verstanden
  unter vergessen verschieben vielleicht viertel von vor vorsorge vorsorgeuntersuchung vormittag wann war warten warum was weg
  weihnachten weiss welche welcher wer wetter wie wieder wieso will wir wird wo woche wochen wochenende zeit zu zum zur zurueck`.split(
    /\s+/,
  ),
);
/** Common words that are surnames, too, where they follow a first name with a capital. */
const SURNAMES = new Set([
  'weiss',
  'frei',
  'gut',
  'klar',
  'lieber',
  'montag',
  'freitag',
  'sonntag',
]);
export const isSurname = (word: string) => /^\p{Lu}/u.test(word) && SURNAMES.has(plain(word));

/** Parts of names that are small words too. */
const PARTICLES = new Set(['von', 'zu', 'van', 'de']);

const RELATION =
  'sohn|tochter|mann|frau|mutter|vater|kind|baby|bruder|schwester|enkel|enkelin|freund|freundin|partner|partnerin|oma|opa|mama|papa';
/** Phrases that a name follows for certain. */
const SURE = new RegExp(
  `(?:\\b(?:mein(?:e)? (?:voller |vollstaendiger )?name (?:ist|lautet|waere)|(?:der|sein|ihr) name (?:ist|lautet|waere)|ich (?:hei(?:ß|ss)e|nenne mich)|(?:er|sie|es) hei(?:ß|ss)t|auf (?:den )?namen|unter (?:dem )?namen|namens|name:|(?:für|fuer) meine[nm]? (?:${RELATION})(?: namens)?,?|mein(?:e)? (?:${RELATION}) hei(?:ß|ss)t))\\s+`,
  'iu',
);
/** Phrases that a name may follow: believed only before a capital and no common word. */
const MAYBE =
  /(?<!\p{L})(?:ich bin(?:[’']?s)?,?(?: der| die)?|hier ist|hier spricht|am apparat ist|das ist|(?:für|fuer|auf)(?= (?:herrn?|frau|\p{L}+$)))\s+(?=\p{Lu})/giu;
const TITLE = /^(?:(?:herrn?|frau|fräulein|doktor|dr\.?|professor|prof\.?)\s+)+/i;

/** The words at the start of the text that can be a name: at most three. */
function nameAt(text: string): string | undefined {
  const words: string[] = [];
  for (const token of text.replace(TITLE, '').split(/\s+/)) {
    const word = token.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
    if (!/^\p{L}[\p{L}'’-]*$/u.test(word)) break;
    const small = plain(word);
    const particle = words.length > 0 && PARTICLES.has(small);
    const surname = words.length === 1 && isSurname(word);
    if (NOT_NAMES.has(small) && !particle && !surname) break;
    if (/^\d/.test(small)) break;
    words.push(
      particle ? small : sentence(word === word.toUpperCase() ? word.toLowerCase() : word),
    );
    if (words.length === 3 || /[.,!?;]$/.test(token)) break;
  }
  while (PARTICLES.has(words.at(-1) ?? '')) words.pop();
  return words.length > 0 ? words.join(' ') : undefined;
}

/** A name that comes with words that announce it, anywhere in the text. */
export function announcedName(heard: string): string | undefined {
  const sure = SURE.exec(heard);
  const name = sure ? nameAt(heard.slice(sure.index + sure[0].length)) : undefined;
  if (name) return name;
  const before = /(?<![\p{L}])((?:\p{Lu}[\p{L}'’-]+ ){1,2})(?:ist )?mein Name\b/u.exec(heard)?.[1];
  const first = before ? nameAt(before) : undefined;
  if (first) return first;
  for (const match of heard.matchAll(MAYBE)) {
    // The flag that makes "Hier" and "hier" one makes capitals and small letters one, too.
    const start = match.index + match[0].length;
    if (!/^\p{Lu}/u.test(heard.slice(start))) continue;
    const found = nameAt(heard.slice(start));
    if (found) return found;
  }
  return undefined;
}

const LEAD =
  /^(?:ähm?|hm+|ja|jawohl|klar|okay|ok|gut|also|nein|nee|hallo|gern|gerne|bitte|und|das ist|das wäre|ich bin|hier ist|hier spricht|es ist|auf|für|fuer|unter|einfach|der name|name|na)[\s,.:]+/i;
const TAIL =
  /[\s,]+(?:bitte|danke|hier|am apparat|ist mein name|wie (?:vorher|eben|vorhin|zuvor)|ist der name|heiße ich|heisse ich|mein name)$/i;

/** A name given in answer to a question for it: the whole text, but for what people put round it. */
export function answeredName(heard: string): string | undefined {
  const announced = announcedName(heard);
  if (announced) return announced;
  let text = (heard.trim().split(/,?\s+und\s+(?=(?:meine|ich|die)\b)/i)[0] ?? '').replace(
    /[.!?]+$/,
    '',
  );
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(LEAD, '').replace(TAIL, '').replace(TITLE, '').trim();
  }
  // "Schmitz, Karl-Heinz Schmitz" says the whole name last.
  text = text.replace(/^(\p{Lu}[\p{L}-]+), (?=.+ \1$)/u, '');
  const name = nameAt(text);
  const words = (some: string) => some.trim().split(/\s+/).length;
  // Much beside the name means that something else was said.
  return name && words(text) - words(name) <= 1 ? name : undefined;
}
