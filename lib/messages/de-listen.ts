// What people read, in German, who listen to a live call.
import type { Shape } from '@/lib/core/language';
import type { listenText as english } from './en-listen';

export const listenText: Shape<typeof english> = {
  start: 'Mithören',
  startOf: (who) => `Mithören: ${who}`,
  stop: 'Nicht mehr mithören',
  stopOf: (who) => `Nicht mehr mithören: ${who}`,
  hint: (shown) =>
    shown
      ? 'Im Gespräch ist zu sehen, dass jemand mithört.'
      : 'Niemand wird automatisch benachrichtigt. Prüfen Sie, ob Sie mithören dürfen.',
  hintFor: (action, shown) =>
    shown
      ? `${action}: Im Gespräch ist zu sehen, dass jemand mithört.`
      : `${action}: Niemand wird automatisch benachrichtigt. Prüfen Sie, ob Sie mithören dürfen.`,
  connecting: 'Verbindung wird aufgebaut…',
  on: 'Sie hören mit.',
  nobody: 'Gerade ist niemand in diesem Gespräch.',
  lost: 'Verbindung unterbrochen. Das Gespräch läuft vielleicht noch: Hören Sie noch einmal mit.',
  failed: 'Sie können gerade nicht mithören',
};
