// Words by which a wish is told in plain German: the first that fits counts.
import type { Want } from '../intents';
import { any } from './patterns';

const NOTE =
  'richten sie|rueckruf|zurueckruf|rufen sie mich|mich (?:\\w+ )?zurueck|notier|hinterlassen';

export const WANTS: readonly (readonly [Want, RegExp])[] = [
  // "Eine Nachricht für die Abrechnung" is taken here.
  ['message', any('nachricht', '\\w*ausrichten')],
  [
    'handover',
    any(
      'rechnung',
      '^frank\\b',
      'abrechnung',
      'buchhaltung',
      'mahnung',
      'bezahl',
      '\\w*zahlung',
      'zahlen\\b',
      'erstattung',
      '(?:mit|zu|mir) (?:herrn )?frank\\b',
    ),
  ],
  [
    'cancel',
    any(
      '\\w*absag',
      'sage?n? .* ab$',
      'stornier',
      'termin (?:\\w+ )?(?:loesch|streich)',
      '(?:den|meinen) termin (?:doch )?nicht mehr',
    ),
  ],
  [
    'change',
    any(
      '\\w*verschieb',
      '\\w*verleg',
      'umbuch',
      'umzubuch',
      '(?:den|meinen) termin (?:\\w+ )?aender',
      'termin tauschen',
    ),
  ],
  [
    'message',
    any(
      NOTE,
      'sagen sie (?:bitte )?(?:frau |herrn? )?(?:doktor|dr|schwester|dem arzt|der aerztin|ihm|ihr)\\b',
      '(?:mit )?(?:einem (?:echten |richtigen )?menschen|einer (?:echten |richtigen )?person|jemand(?:em)?(?: anderem)?|einem mitarbeiter|einem kollegen|(?:frau |herrn? )?(?:doktor|dr|schwester) \\w+|dem arzt|der aerztin) (?:\\w+ )?(?:sprechen|reden|verbunden)',
      'durchstell',
      'verbinden sie',
    ),
  ],
  [
    'booking',
    any(
      '\\w*termine?\\b',
      'vorbei ?(?:zu)?kommen',
      'buchen\\b',
      'reservier',
      '(?:zum|zu einem) arzt',
      '(?:zu|bei|von) (?:frau |herrn? )?(?:doktor|dr|schwester) \\w+',
      '(?:etwas|was|noch|jemand) frei',
      '(?:unter|be)such(?:t|en) (?:zu )?(?:werden|lassen)',
      '(?:impfen|blut abnehmen|untersuchen|durchchecken) (?:zu )?lassen',
    ),
  ],
  [
    'stop',
    any(
      'stopp?\\b',
      'vergessen sie (?:es|das)',
      'lassen (?:sie|wir) (?:es|das)(?: lieber| doch| sein| bleiben)*$',
      'doch nicht$',
      'abbrechen',
      'hoeren sie auf',
      'schon gut$',
      'anders ueberlegt',
      'doch keinen termin',
    ),
  ],
];

/** "Ich brauche eine Impfung": beside the name of a service, an appointment is meant. */
export const WISHES = any(
  '(?:brauche?|braeuchte|moechte|haette|will|wollte|muss|kann ich|koennte ich|bekomme ich|gern)\\b',
);

/** What one goes to a doctor with. */
export const SYMPTOMS = any(
  '\\w*schmerz',
  'fieber',
  'husten',
  '\\w*erkaelt',
  'schwindel',
  'ausschlag',
  '(?:bin|ist|sind|so) krank',
  'tut (?:\\w+ ){0,4}weh',
  '(?<!gegen )(?<!gegen die )grippe\\b',
  'migraene',
  'uebel(?:keit)?\\b',
  'ruecken\\b',
  'halsweh',
);
