// How names are said that an English synthesiser misreads. This is the list to add to: a name as it is
// written, and words that sound like it. Chosen by ear and by what a recogniser hears of them.
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
