// Names of models and speech, in German. Workers report them in English where the name is a phrase; those
// phrases are translated here.
import type { Shape } from '@/lib/core/language';
import { listed } from '@/lib/messages/de/format';
import { modelsText as english } from '@/lib/messages/en/models';

const GERMAN: readonly (readonly [english: string, german: string])[] = [
  [english.builtIn, 'der Agent mit Drehbuch'],
  [english.itself, 'das Modell selbst'],
  [english.chosen, 'der gewählte Agent (Letta)'],
  [english.usual, 'die übliche'],
  ['own speech server', 'eigener Sprachserver'],
];
const inGerman = (name: string): string =>
  GERMAN.reduce((text, [from, to]) => text.replace(from, to), name);

export const modelsText: Shape<typeof english> = {
  builtIn: 'der Agent mit Drehbuch',
  itself: 'das Modell selbst',
  chosen: 'der gewählte Agent (Letta)',
  usual: 'die übliche',
  title: 'Läuft mit',
  of: (person) => `Womit ${person} läuft`,
  thinks: 'Denkt mit',
  hears: 'hört mit',
  speaks: 'spricht mit',
  voice: 'Stimme',
  tools: 'Werkzeuge von',
  failing: (name, why) => `${name} fällt aus: ${why}.`,
  causes: {
    key: 'der Schlüssel wird abgelehnt oder fehlt',
    model: 'das Modell ist dort unbekannt, oder die Anfrage wird abgelehnt',
    credit: 'das Konto hat kein Guthaben mehr oder ist über seiner Grenze',
    unreachable: 'nicht zu erreichen',
    tls: 'keine sichere Verbindung',
    late: 'keine Antwort in der vorgesehenen Zeit',
    foreign: 'unter der Adresse antwortet etwas anderes',
    other: 'ein Fehler als Antwort',
  },
  missing: (problems) => `Ausgelassen: ${problems.join('; ')}.`,
  inTurn: (names) => names.map(inGerman).join(', dann '),
  all: listed,
};
