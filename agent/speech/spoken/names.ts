// Names that an English synthesizer mispronounces. Add to this list: a name as written, and words
// that sound like it. Chosen by ear and by STT.
import type { Rule } from './rule';

const NAMES: Readonly<Record<string, string>> = {
  Osei: 'Oh-say',
  Leigh: 'Lee',
  Nguyen: 'Win',
  Siobhan: 'Shivawn',
  Niamh: 'Neeve',
  Sean: 'Shawn',
  Xavier: 'Zayvier',
  Joaquin: 'Wahkeen',
  Jose: 'Hozay',
  Juan: 'Wahn',
  Anais: 'Anna-eece',
  Zoe: 'Zoey',
  Chloe: 'Clowey',
};

export const nameRules: readonly Rule[] = [
  {
    pattern: new RegExp(`\\b(${Object.keys(NAMES).join('|')})\\b`, 'g'),
    say: (match) => NAMES[match] ?? match,
  },
];
