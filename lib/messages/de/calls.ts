// The German version of `en/calls.ts`.

import { type CallSummary, CONNECTION_LOST, callerName, type EndedBy } from '@/lib/calls/call';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Shape } from '@/lib/core/language';
import { HANDED_OFF, NO_OUTCOME } from '@/lib/core/outcome';
import { outcomeLabel, reported } from '@/lib/messages/de/catalogue';
import { counted, fixed, listed } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/calls';

const agentsOf = ({ agents }: CallSummary, nameOf: english.NameOf) =>
  listed(agents.map(nameOf)) || 'ein Agent';
const calls = (count: number) => counted(count, 'Anruf', 'Anrufe');

const endings: Readonly<Record<EndedBy, string>> = {
  caller: 'vom Anrufer beendet',
  agent: 'vom Agenten beendet',
  server: 'vom Server beendet',
  'no agent': 'kein Agent kam',
  'agent failed': 'der Agent ist ausgefallen',
  lost: 'Ende unbekannt',
};

/** With the agents as the subject: "Ada und Milo sind gegangen". */
function agentsDid(call: CallSummary, nameOf: english.NameOf, one: string, many: string): string {
  const agents = agentsOf(call, nameOf);
  return `${agents[0]?.toUpperCase()}${agents.slice(1)} ${call.agents.length > 1 ? many : one}`;
}

const isCutOff = ({ endedBy, endReason }: CallSummary) =>
  endedBy === 'caller' && endReason === CONNECTION_LOST;

const ended = (call: CallSummary): string => {
  if (isCutOff(call)) return 'die Verbindung des Anrufers ging verloren';
  return call.endedBy ? endings[call.endedBy] : '';
};

function endTitle(call: CallSummary, nameOf: english.NameOf): string {
  if (isCutOff(call))
    return `Die Verbindung von ${callerName(call) ?? 'dem Anrufer'} ging verloren`;
  switch (call.endedBy) {
    case 'caller':
      return `${callerName(call) ?? 'Der Anrufer'} hat das Gespräch beendet`;
    case 'agent':
      return agentsDid(call, nameOf, 'hat sich verabschiedet', 'haben sich verabschiedet');
    case 'server':
      return 'Das Gespräch wurde auf dem Server beendet';
    case 'no agent':
      return agentsDid(call, nameOf, 'ist nicht gekommen', 'sind nicht gekommen');
    case 'agent failed':
      return agentsDid(call, nameOf, 'ist ausgefallen', 'sind ausgefallen');
    case 'lost':
      return 'Das Gespräch ging verloren';
    case undefined: {
      const agents = listed(call.agents.map(nameOf)) || 'einen Agenten';
      return call.joinedAt === undefined
        ? `Warten auf ${agents}`
        : `Im Gespräch mit ${call.agents.length > 0 ? agents : 'einem Agenten'}`;
    }
  }
}

export const callTitle: typeof english.callTitle = (call, nameOf) => {
  const agent = nameOf(call.agents[0] ?? '') || 'Der Agent';
  if (call.endedAt === undefined || call.outcome === NO_OUTCOME) return endTitle(call, nameOf);
  if (call.outcome !== HANDED_OFF) return `${agent}: ${outcomeLabel(call.outcome)}`;
  return call.agents.length > 1
    ? `${agent} hat an ${listed(call.agents.slice(1).map(nameOf))} übergeben`
    : `${agent} hat den Anruf übergeben`;
};

export const exportText: Shape<typeof english.exportText> = {
  interrupted: 'unterbrochen',
  tool: ({ label, tool, from, to, failed }) =>
    `${reported(label ?? tool)}, ${failed ? 'gescheitert nach ' : ''}${fixed(to - from)} ms`,
  title: (call, nameOf) => {
    const where = call.deployments.filter((name) => name !== PRODUCTION);
    const agents = listed(call.agents.map(nameOf)) || 'einem Agenten';
    return `Callboard: ${callerName(call) ?? 'jemand'} mit ${agents}${where.length > 0 ? ` (${listed(where)})` : ''}`;
  },
  end: (call) => ended(call) || 'noch nicht vorbei',
};

export const callsText: Shape<typeof english.callsText> = {
  title: 'Verlauf',
  lead: 'Laufende und frühere Anrufe.',
  endings,
  ended,
  who: (call, nameOf) =>
    `${callerName(call) ?? (call.origin === 'page' || call.origin === 'embed' ? 'Anruf im Browser' : 'Unbekannt')} → ${agentsOf(call, nameOf)}`,
  turns: (count) => (count === 0 ? 'keine Mitschrift' : counted(count, 'Beitrag', 'Beiträge')),
  errors: (count) => `${fixed(count)} Fehler`,
  answers: (ms) => `antwortet in ${fixed(ms)} ms`,
  ms: (ms) => `${fixed(ms)} ms`,
  length: 'Dauer',
  live: {
    title: 'Laufende Anrufe',
    none: 'Gerade läuft kein Anruf.',
    unknown: 'Wird geladen…',
    coming: 'wartet auf Agenten',
    states: {
      initializing: 'macht sich bereit',
      idle: 'untätig',
      listening: 'hört zu',
      thinking: 'denkt nach',
      speaking: 'spricht',
    },
    here: 'Agent im Gespräch',
    end: 'Beenden',
    endOf: (who) => `Beenden: ${who}`,
    ask: (who) => `Dieses Gespräch für alle beenden? ${who}`,
    reason: 'Grund, für den Anrufer sichtbar (optional)',
    yes: 'Für alle beenden',
    no: 'Abbrechen',
    ending: 'Wird beendet…',
    failed: 'Das Gespräch konnte nicht beendet werden',
  },
  history: {
    title: 'Frühere Anrufe',
    list: 'Frühere Anrufe',
    export: 'Exportieren (JSONL)',
    older: 'Ältere Anrufe zeigen',
    loading: 'Wird geladen…',
    fresh: (count) => counted(count, 'neuer Anruf', 'neue Anrufe'),
    count: (count, more) => (more ? `Die ersten ${calls(count)}` : calls(count)),
  },
  empty: {
    title: 'Noch keine Anrufe',
    body: 'Jeder Anruf erscheint hier mit Mitschrift und Zeitachse, vom Klick bis zum Abschied. Machen Sie den ersten: Sie brauchen nur ein Mikrofon.',
    start: 'Anrufen',
    api: 'Auch Anrufe aus anderen Programmen und vom Telefon erscheinen hier.',
  },
  nothing: {
    title: 'Keine passenden Anrufe',
    body: (names) =>
      names.length === 1
        ? `Kein Anruf passt zu diesem Filter: ${names[0]}. Ändern Sie ihn oder zeigen Sie alle Anrufe.`
        : `Kein Anruf passt zu allen Filtern: ${listed(names)}. Entfernen Sie einen oder zeigen Sie alle Anrufe.`,
    words:
      'Gesucht wird nach Wörtern, wie sie mitgeschrieben wurden: Versuchen Sie ein einzelnes oder ein kürzeres.',
    all: 'Alle Anrufe zeigen',
  },
  away: {
    title: 'Die Anrufe konnten nicht geladen werden',
    body: 'Laufende Gespräche sind davon nicht betroffen.',
    again: 'Noch einmal versuchen',
  },
  filter: {
    label: 'Filter',
    more: 'Filter',
    text: 'Gesagte Wörter',
    agent: 'Agent',
    deployment: 'Deployment',
    outcome: 'Ergebnis',
    ended_by: 'Wie es endete',
    test: 'Testanrufe',
    tests: { false: 'Ausblenden', true: 'Nur Testanrufe' },
    within: 'Wann',
    from: 'Von',
    to: 'Bis',
    any: 'Alle',
    anyTime: 'Jederzeit',
    times: {
      '1h': 'Letzte Stunde',
      '24h': 'Letzte 24 Stunden',
      '7d': 'Letzte 7 Tage',
      '30d': 'Letzte 30 Tage',
      range: 'Zwischen…',
    },
    clear: 'Leeren',
    agentOption: (name, person) => `${person} (${name})`,
  },
};

export const stageNames: Shape<typeof english.stageNames> = {
  token: 'Token',
  room: 'Room',
  dispatch: 'Dispatch',
  job: 'Job übernommen',
  join: 'Agent kommt',
  'first audio': 'Erste Stimme',
};

export const whisperText: Shape<typeof english.whisperText> = {
  label: 'Dem Agenten zuflüstern',
  send: 'Flüstern',
  hint: 'Der Anrufer hört es nicht. Ein Agent mit Sprachmodell richtet sich in der nächsten Antwort danach.',
  sent: 'Gesendet. Der Agent richtet sich in der nächsten Antwort danach, wenn er ein Sprachmodell hat.',
  failed: 'Nicht gesendet',
};

export const listenText: Shape<typeof english.listenText> = {
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
