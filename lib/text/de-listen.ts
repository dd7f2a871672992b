// What people read, in German, who listen to a live call.
import type { Shape } from '../language/language';
import type { listenText as english } from './en-listen';

export const listenText: Shape<typeof english> = {
  start: 'Mithören',
  startOf: (who) => `Mithören: ${who}`,
  stop: 'Nicht mehr mithören',
  stopOf: (who) => `Nicht mehr mithören: ${who}`,
  hint: 'Niemand im Gespräch erfährt es. Vergewissern Sie sich, dass Sie das dürfen.',
  hintFor: (action) =>
    `${action}: Niemand im Gespräch erfährt es. Vergewissern Sie sich, dass Sie das dürfen.`,
  connecting: 'Verbindung wird aufgebaut…',
  on: 'Sie hören mit. Niemand im Gespräch erfährt es.',
  nobody: 'Gerade ist niemand in diesem Gespräch.',
  lost: 'Die Verbindung ist abgerissen. Das Gespräch geht vielleicht weiter: Hören Sie noch einmal mit.',
  failed: 'Sie können gerade nicht mithören',
};
