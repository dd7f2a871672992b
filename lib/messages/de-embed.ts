// What people read, in German, who call from another site.
import type { Shape } from '@/lib/core/language';
import type { embedText as english } from './en-embed';

export const embedText: Shape<typeof english> = {
  title: (person) => `Mit ${person} sprechen`,
  nobody: 'Hier gibt es niemanden anzurufen',
  nobodyHint: (agent) => `Das Script-Tag nennt „${agent}“, und diesen Agenten gibt es nicht.`,
};
