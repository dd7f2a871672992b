// Words by which a question is told in plain German: the first topic that fits counts.
import type { Topic } from '../intents';
import { any } from './patterns';

/** What is asked about. */
export const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  [
    'identity',
    any(
      '(?:sind|bist) (?:sie|du) (?:denn |etwa |wirklich |eigentlich |nur |auch )*(?:ein(?:e|en)? |echt|automat|kuenstlich|computer|roboter|maschine|mensch|ki\\b)',
      'ist (?:da|dort|hier|das) (?:\\w+ ){0,2}(?:mensch|maschine|computer|roboter|person|praxis|arztpraxis)',
      'bin ich (?:da |hier |bei ihnen |jetzt )*richtig',
      'wer (?:sind|bist) (?:sie|du)',
      'wer (?:spricht|ist) (?:denn )?(?:da|dort|dran)\\b',
      'mit wem (?:spreche|rede|habe)',
      'wie (?:heissen|heisst) (?:sie|du)',
      'wie ist ihr name',
      '(?:rede|spreche) ich (?:hier |gerade |jetzt )*mit (?:einem|einer|dem|der) (?:maschine|roboter|computer|menschen?|automaten|ki)\\b',
    ),
  ],
  [
    'abilities',
    any(
      'was (?:koennen|kannst|koennten) (?:sie|du)(?: denn| eigentlich| alles| sonst| noch| fuer mich| hier)*(?: tun| machen)?$',
      'was (?:machen|tun) sie(?: denn| eigentlich| hier| alles)*$',
      'wobei koennen sie',
      'womit koennen sie',
      'wie koennen sie mir',
      '(?:koennen|koennten) sie mir helfen$',
      '^hilfe$',
    ),
  ],
  [
    'time',
    any(
      'wie spaet',
      'wie ?viel uhr (?:ist|haben|es)',
      'welche uhrzeit (?:haben|ist)',
      'welche[rsn]? (?:tag|datum) (?:ist|haben)',
      'den wievielten',
      'was (?:ist|haben wir) heute',
      'was fuer ein(?:en)? tag',
    ),
  ],
  [
    'mine',
    any(
      'wann (?:ist|war|habe ich) (?:noch ?mal |nochmal |denn )?(?:mein|einen) ?(?:\\w+ )?termin',
      '(?:ist|steht) (?:der|mein) termin\\b',
      'hatte (?:\\w+ ){0,5}termin',
      'termin (?:\\w+ ){0,4}(?:ausgemacht|vereinbart)$',
      'meinen termin (?:nicht|nach|wissen|vergessen)',
      '(?:was|welchen|wann) habe ich (?:\\w+ ){0,4}termin',
      'habe ich (?:schon |noch )?einen termin',
    ),
  ],
  [
    'price',
    any(
      'was kostet',
      'was kosten',
      'wie ?viel (?:\\w+ ){0,6}(?:be)?zahl',
      'wie ?viel kostet',
      'wie ?viel kosten',
      'wie teuer',
      'preise?\\b',
      'was (?:nehmen|verlangen) sie',
      '(?:kosten|kostet) (?:fuer|die|der|das|eine?)',
      'wie hoch sind die kosten',
    ),
  ],
  [
    'phone',
    any(
      '(?:ihre|eure) (?:telefon|ruf|handy|durchwahl)?nummer',
      '(?:wie|was) ist die (?:telefon|ruf)?nummer',
      'unter welcher nummer',
      'welche (?:telefon|ruf)?nummer haben',
      'telefonnummer von (?:ihnen|der praxis)',
    ),
  ],
  ['parking', any('park(?:en|e|platz|plaetze|haus|moeglichkeit)')],
  [
    'address',
    any(
      'adresse',
      'anschrift',
      'wo (?:sind|ist|liegt|liegen|finde|findet|befind|genau)',
      'wo (?:muss|soll) ich (?:denn |da )?hin',
      'wie komme? (?:ich|man)',
      'wie finde ich',
      'wo sie (?:\\w+ )*(?:sind|sitzen)',
      'wie ich zu ihnen',
      'wegbeschreibung',
      'hausnummer',
      'postleitzahl',
      '(?:bus|bahn|strassenbahn|u bahn|s bahn|haltestelle|bahnhof)\\b',
      'anfahrt',
      'weg zu ihnen',
      'welche strasse',
    ),
  ],
  [
    'people',
    any(
      '(?:welche|wie ?viele) (?:aerzt|doktor|personen)',
      'wer (?:ist|sind|arbeitet|hat|behandelt)\\b',
      '(?:wann|an welchen tagen) (?:ist|hat|arbeitet) (?:denn )?(?:frau |herr )?(?:doktor|dr|schwester)',
      '(?<!(?:name|hier|das) )(?:ist|arbeitet|hat|kommt) (?:denn )?(?:frau |herr )?(?:doktor|dr|schwester)\\b.*',
      'wann (?:ist|arbeitet|hat) (?:er|sie)\\b',
      '(?:wann|ob) (?:frau |herr )?(?:doktor|dr|schwester) \\w+ (?:\\w+ )*(?:ist|hat|arbeitet)$',
      'gibt es (?:\\w+ ){0,3}(?:arzt|aerztin|aerzte|aerztinnen)\\b',
      'haben sie (?:auch )?(?:eine |einen )?(?:aerztin|arzt|aerzte|doktor|schwester|frau doktor|dr)\\b',
      'ihre aerzte',
    ),
  ],
  [
    'hours',
    any(
      'oeffnungszeit',
      '(?:wann|ob) (?:sie|ihr) (?:\\w+ ){0,4}(?:auf|offen|da)\\b',
      'sprechzeit',
      '(?:ge)?oeffne[tn]',
      'geschlossen',
      'schliess(?:en|t)',
      '(?:haben|hat|habt|sind|seid|ist) (?:\\w+\\.? ){0,6}(?:auf|offen|zu|da)$',
      'macht? (?:\\w+ ){0,4}(?:auf|zu)$',
      'machen (?:\\w+ ){0,4}(?:auf|zu)$',
      '(?:bis wann|ab wann|von wann|wie lange) (?:haben|hat|sind|ist|kann|machen)',
      'feiertag',
      '(?:am )?wochenende',
      'mittagspause',
      'arbeiten sie',
    ),
  ],
  [
    'services',
    any(
      'welche (?:leistungen|untersuchungen|impfungen|behandlungen)',
      'was bieten sie',
      'was fuer (?:leistungen|untersuchungen)',
      '(?:machen|bieten|fuehren|haben) sie (?:denn )?(?:auch )?(?:\\w+ ){0,3}(?:impf|blut|vorsorge|check|roentgen|ultraschall|ekg|physio|zahn|haut)',
      'wie lange dauer',
      '(?:impfen|behandeln|roentgen) sie',
    ),
  ],
];

/** Topics that are asked even where the same words wish for an appointment. */
export const FIRST_ASKED: readonly Topic[] = [
  'identity',
  'abilities',
  'time',
  'mine',
  'price',
  'parking',
  'address',
];
