// What is said and understood in the place of a Letta agent that is away, in German.
import type { words as english } from './en';

export const words: typeof english = {
  heard: {
    bye: /(?:\b(?:tschüss|tschüs|tschau|ciao|auflegen|später|das war(?:'?s| alles))|wieder(?:hören|sehen))(?!\p{L})/iu,
    no: /^(?:nein|nee|nö|nicht jetzt|nichts)(?!\p{L})/iu,
    message: /(?<!\p{L})(?:ja|jawohl|gern|gerne|klar|okay|ok|bitte|nachricht)(?!\p{L})/iu,
  },
  said: {
    away: 'Ich komme gerade nicht an das heran, was ich weiß und mir gemerkt habe.',
    question: 'Soll ich eine Nachricht aufnehmen, oder versuchen Sie es später noch einmal?',
    whichMessage: 'Wie lautet die Nachricht?',
    taken: 'Das habe ich notiert. Kann ich sonst noch etwas für Sie tun?',
    notTaken:
      'Es tut mir leid, die Nachricht konnte nicht notiert werden. Bitte versuchen Sie es später noch einmal.',
    goodbye:
      'Vielen Dank für Ihren Anruf. Bitte versuchen Sie es später noch einmal. Auf Wiederhören.',
  },
};
