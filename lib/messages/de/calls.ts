// The German version of `en/calls.ts`.
import type { Shape } from '@/lib/core/language';
import type * as english from '@/lib/messages/en/calls';

export const callsText: Shape<typeof english.callsText> = {
  away: {
    title: 'Die Anrufe konnten nicht geladen werden',
    body: 'Laufende Gespräche sind davon nicht betroffen.',
    again: 'Noch einmal versuchen',
  },
};
