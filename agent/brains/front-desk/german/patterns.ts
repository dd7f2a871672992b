// Words by which answers, courtesies and the end of a call are told in plain German.
import type { Courtesy } from '../intents';

/** One of these, from the beginning of a word. */
export const any = (...parts: readonly string[]) => new RegExp(`\\b(?:${parts.join('|')})`);

export const COURTESIES: readonly (readonly [Courtesy, RegExp])[] = [
  [
    'complaint',
    any(
      'beschwer(?:en|de)',
      'unverschaemt',
      'frechheit',
      'skandal',
      'unmoeglich (?:von|bei)',
      'unzufrieden',
      'schlechte[rn]? service',
      'unerhoert',
    ),
  ],
  [
    'wait',
    any(
      '(?:einen |kleinen )?(?:moment|augenblick|sekunde)\\b',
      'warten sie',
      'muss (?:\\w+ )?(?:nachsehen|nachschauen)',
      'sekuendchen',
      'ueberlegen?\\b',
    ),
  ],
  ['howAreYou', any('wie geht ?(?:e?s)?', 'wie laeuft', 'alles (?:gut|klar) bei (?:ihnen|dir)')],
  ['thanks', any('dank\\w*', 'merci', 'thanks')],
  [
    'praise',
    any(
      '(?:sehr |wirklich |echt )?(?:nett|lieb|freundlich) von (?:ihnen|dir)',
      'sie sind (?:\\w+ )?(?:nett|toll|freundlich|klasse|super|lieb)',
      'toll(?:e|er|es)?\\b',
      'grossartig',
      'schoene stimme',
      'gut gemacht',
    ),
  ],
  [
    'hello',
    any(
      'hallo',
      'guten? (?:tag|morgen|abend)',
      'gruess (?:gott|sie|dich)',
      'moin',
      'servus',
      'hi\\b',
      'hey\\b',
      '^tag$',
    ),
  ],
  ['sorry', any('entschuldig', 'verzeih', 'tut mir leid', 'sorry', 'pardon')],
];

const YES = any(
  'ja',
  'jawohl',
  'jo',
  'jep',
  'jup',
  'genau',
  'richtig',
  'stimmt',
  'passt',
  'gerne?',
  'ok',
  'okay',
  'in ordnung',
  'einverstanden',
  'klar',
  'sicher',
  'selbstverstaendlich',
  'natuerlich',
  'perfekt',
  'prima',
  'wunderbar',
  'super',
  'machen sie das',
  'tun sie das',
  'gut',
  'unbedingt',
  'buchen sie',
  'bitte buchen',
  'warum nicht',
  'von mir aus',
  'meinetwegen',
  'freilich',
  'korrekt',
  'so ist es',
);
const NO = any(
  'nein',
  'nee',
  'noe',
  'ne',
  'nicht',
  'kein(?:e[rsnm]?)?',
  'falsch',
  'doch lieber',
  'ungern',
  'nie',
);

const whole = (pattern: RegExp) => new RegExp(`${pattern.source}\\b`);
const SAID_YES = whole(YES);
const SAID_NO = whole(NO);

/** Begins a question, in which "genau" and "gut" take nothing. */
const QUESTION =
  /^(?:was|wie|warum(?! nicht)|wieso|wann|wo|wer|wem|bei wem|kann|koennen|koennten|gibt|muss|darf|haben|hat|sind|ist(?! (?:gut|ok|okay|recht|in ordnung|prima|super)\b))\b/;

/** Whether it takes or declines what was asked, in plain form; "warum nicht" takes. */
export function yesOrNo(text: string, heard: string): { yes: boolean; no: boolean } {
  if (/\bwarum nicht\b|\bnicht schlecht\b/.test(text)) return { yes: true, no: false };
  const no = SAID_NO.test(text);
  const asks = QUESTION.test(text) || (heard.endsWith('?') && !/^ja\b/.test(text));
  return { yes: !no && !asks && SAID_YES.test(text), no };
}

export const BYE = any(
  'auf wieder(?:sehen|hoeren|schauen)',
  'wiederhoeren',
  'tschue?ss?',
  'tschau',
  'ciao',
  'bis (?:dann|bald|spaeter|morgen|naechste woche)$',
  'schoene[ns]? (?:tag|abend|wochenende)',
  'machen sie(?: e)?s gut',
  'ade$',
);
export const DONE = any(
  'das (?:war e?s|wars|waere? e?s|waers|waere? (?:dann )?alles|ist alles|war alles|reicht)',
  '(?:sonst |weiter )?nichts (?:mehr|weiter)?$',
  'sonst nichts',
  'nichts mehr\\b',
  '(?:nein |das )?(?:brauche|moechte|habe) ich nichts',
  'alles erledigt',
  'keine (?:weiteren )?fragen(?: mehr)?$',
  'ich bin fertig',
);
export const REPEAT = any(
  'wiederhol',
  '(?:koennen|koennten) sie das (?:bitte )?(?:noch ?(?:ein)?mal|nochmals?)',
  '(?:noch ?(?:ein)?mal|nochmals?)(?: bitte)?$',
  'noch ?(?:ein)?mal (?:nennen|sagen|vorlesen|durchgehen)$',
  '^wie bitte',
  '^bitte was',
  'was haben sie (?:da |gerade |eben )*gesagt',
  'nicht verstanden',
  'nicht (?:richtig )?gehoert',
  'wie war das',
  '^(?:was|hae|haeh|hm)$',
  'sagen sie (?:das|es) (?:bitte )?noch',
);
export const ASKS =
  /^(?:(?:und|aber|also|ja|na|so|okay|ok|aeh) )*(?:was|wie|warum|wieso|weshalb|wann|wo|woher|wohin|wer|wen|wem|welche\w*|kann|koennen|koennte|koennten|ist|sind|bist|hat|haben|gibt|darf|muss|soll|wird|werden|machen|wissen|kennen|tut|kommt) \S+/;
