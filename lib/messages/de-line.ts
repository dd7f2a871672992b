// What is said, in German, to a caller who waits in line because all agents are busy.
import type { Shape } from '@/lib/core/language';
import type { line as english } from './en-line';

/** How many stand before who has this place, from 1. */
const before = (place: number) => {
  const count = place - 1;
  if (count === 0) return 'Sie sind als Nächstes dran';
  return count === 1 ? '1 Person ist vor Ihnen' : `${count} Personen sind vor Ihnen`;
};

export const line: Shape<typeof english> = {
  label: 'Ihr Platz in der Warteschlange',
  unit: 'in der Warteschlange',
  before,
  body: (person) =>
    `Sie werden mit ${person} verbunden, sobald Sie an der Reihe sind. Lassen Sie diese Seite offen.`,
  leave: 'Nicht länger warten',
};
