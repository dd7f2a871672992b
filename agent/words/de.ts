// What every agent says without a model, in German.
import type { Shape } from '../../lib/language/language';
import type { words as english } from './en';

export const words: Shape<typeof english> = {
  notices: {
    off: '',
    on: 'Dieses Gespräch wird aufgezeichnet. ',
    egress: 'Dieses Gespräch wird möglicherweise aufgezeichnet. ',
  },
  leaving: 'Es tut mir leid, ich muss jetzt gehen. Auf Wiederhören.',
  givingWay:
    'Ich überlasse das Gespräch jetzt Ihrer Kollegin oder Ihrem Kollegen. Auf Wiederhören.',
  back: 'Da bin ich wieder. Was kann ich für Sie tun?',
  cutOff: 'Entschuldigung, wir waren einen Moment unterbrochen.',
  goOn: 'Bitte sprechen Sie weiter.',
  apology: 'Es tut mir leid, ich kann gerade nicht gut nachdenken und fasse mich deshalb einfach.',
  stillThere: 'Sind Sie noch da?',
  cannotHear: 'Ich kann Sie nicht hören. Sagen Sie einfach etwas, sonst beende ich das Gespräch.',
  endsNow: 'Ich höre immer noch nichts und beende jetzt das Gespräch. Auf Wiederhören.',
};
