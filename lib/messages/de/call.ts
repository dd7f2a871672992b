// The German version of `en/call.ts`.
import type { Shape } from '@/lib/core/language';
import type * as english from '@/lib/messages/en/call';

export const callText: Shape<typeof english.callText> = {
  overrides: {
    title: 'Andere Modelle, Stimme oder Anweisungen ausprobieren',
    models: 'Modelle',
    modelsHint: 'In der Reihenfolge des Einspringens, mit Kommas. Leer: wie eingestellt.',
    voice: 'Stimme',
    voiceHint: 'Des Sprachservers oder der eingestellten Sprachausgabe.',
    instructions: 'Anweisungen',
    instructionsHint:
      'Für die Modelle, statt der des Agenten. Für Gespräche auf Staging, bis Sie diese Seite schließen.',
  },
  back: 'Verlauf',
};
