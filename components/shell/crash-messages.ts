// The texts of `shell.crash`, for the error page of the layout, which knows no provider. Every page loads them: a test compares
// them with the messages.
import type { InLanguages } from '@/lib/core/language';
import type { Messages } from '@/lib/messages/messages';

export const CRASH: InLanguages<Messages['shell']['crash']> = {
  en: {
    title: 'Something went wrong',
    body: 'Try again, or reload the page.',
    again: 'Try again',
    inCall: 'Your call goes on. Go back to it, or end it here.',
    back: 'Back to the call',
    end: 'End call',
  },
  de: {
    title: 'Etwas ist schiefgegangen',
    body: 'Versuchen Sie es noch einmal oder laden Sie die Seite neu.',
    again: 'Noch einmal versuchen',
    inCall: 'Ihr Gespräch läuft weiter. Kehren Sie dorthin zurück oder legen Sie hier auf.',
    back: 'Zurück zum Gespräch',
    end: 'Auflegen',
  },
};
