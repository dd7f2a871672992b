// The German version of `en/call.ts`.

import type { EventData } from '@/lib/calls/event';
import { clock } from '@/lib/core/clock';
import type { Shape } from '@/lib/core/language';
import { callsText } from '@/lib/messages/de/calls';
import { outcomeLabel, reported } from '@/lib/messages/de/catalogue';
import { endReasons } from '@/lib/messages/de/end-reasons';
import { counted, fixed, money, seconds } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/call';

type Overridden = Extract<EventData, { kind: 'agent_joined' }>['overrides'];

function overridden({ models, voice, instructions }: NonNullable<Overridden> = {}): string {
  const changes = [
    models && `Modellen ${models}`,
    voice && `Stimme ${voice}`,
    instructions && `Anweisungen „${instructions}“`,
  ].filter(Boolean);
  return changes.length > 0 ? `, mit ${changes.join(', ')}` : '';
}

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
  live: 'läuft gerade',
  newer: 'Neuer',
  older: 'Älter',
  neighbours: 'Andere Anrufe',
  origin: {
    page: 'von der Seite',
    api: 'über die API',
    rule: 'durch eine Regel',
    embed: 'von einer anderen Website',
    other: 'von anderswo',
  },
  room: 'Room',
  setUp: {
    title: 'Vom Klick zur Stimme',
    stage: 'Schritt',
    begins: 'Beginnt',
    takes: 'Dauert',
    none: 'Noch keine Daten zum Aufbau.',
    total: 'Von der Anfrage bis zur ersten Stimme',
  },
  talk: {
    title: 'Das Gespräch',
    legend: {
      speaking: 'spricht',
      waiting: 'der Anrufer wartet',
      wrong: 'unterbrochen oder fehlgeschlagen',
    },
    none: (known) => (known ? 'Es wurde nichts gesagt.' : 'Keine Mitschrift.'),
    noneYet: (known) => (known ? 'Noch wurde nichts gesagt.' : 'Noch keine Mitschrift.'),
    picture: 'Zeitachse des Gesprächs. Mit den Pfeiltasten gehen Sie von Eintrag zu Eintrag.',
    lanes: { caller: 'Anrufer', tools: 'Werkzeuge', events: 'Ereignisse' },
    hint: 'Zeigen Sie auf einen Eintrag oder nutzen Sie die Pfeiltasten, um Einzelheiten zu sehen.',
    open: 'Zum Eintrag',
    window: 'Zeitraum',
    windows: {
      whole: 'Alles',
      minutes: (count) => `${count} min`,
      seconds: '20 s',
    },
    table: 'Als Tabelle',
    columns: { at: 'Um', who: 'Wer', what: 'Was', length: 'Länge', delay: 'Verzögerung' },
  },
  latency: ({ latency, interrupted }) =>
    [
      latency.transcript !== undefined && `Text ${fixed(latency.transcript)} ms`,
      latency.endOfTurn !== undefined && `Ende erkannt ${fixed(latency.endOfTurn)} ms`,
      latency.firstToken !== undefined && `erstes Token ${fixed(latency.firstToken)} ms`,
      latency.firstAudio !== undefined && `erster Ton ${fixed(latency.firstAudio)} ms`,
      interrupted && 'unterbrochen',
    ]
      .filter(Boolean)
      .join(' · '),
  turn: ({ by, text, from, to, interrupted, typed, pressed, latency }) =>
    [
      `${clock(from)} ${by}${typed ? (pressed ? ' (gedrückt)' : ' (geschrieben)') : ''}: „${text}“`,
      !typed && to > from && seconds(to - from),
      interrupted && 'unterbrochen',
      latency.firstAudio !== undefined && `Antwort nach ${fixed(latency.firstAudio)} ms`,
    ]
      .filter(Boolean)
      .join(' · '),
  tool: ({ tool, label, from, to, failed }) =>
    `${clock(from)} ${reported(label ?? tool)} · ${failed ? 'gescheitert nach' : 'dauerte'} ${fixed(to - from)} ms`,
  at: (ms, words) => `${clock(ms)} ${words}`,
  seconds,
  interrupted: 'unterbrochen',
  typed: 'geschrieben',
  pressed: 'gedrückt',
  delay: {
    transcript: 'Mitschrift',
    endOfTurn: 'Ende erkannt',
    firstToken: 'erstes Token',
    firstAudio: 'Stimme',
    from: 'Nach dem Ende des Sprechens',
    answered: (ms) => `Antwort nach ${fixed(ms)} Millisekunden`,
  },
  waterfall: {
    title: 'Wo die Zeit blieb',
    kinds: {
      user: 'Anrufer spricht',
      endOfTurn: 'Ende erkannt',
      model: 'Sprachmodell',
      tool: 'Werkzeug',
      speech: 'Sprachausgabe',
      voice: 'Agent spricht',
    },
    first: (kind, ms) =>
      `${kind === 'speech' ? 'erster Ton' : 'erstes Token'} nach ${fixed(ms)} ms`,
    failed: 'fehlgeschlagen',
    begins: (ms) =>
      ms < 0 ? `beginnt ${fixed(-ms)} ms vor der Linie` : `beginnt ${fixed(ms)} ms nach der Linie`,
    line: 'Die Linie ist das Ende des Sprechens des Anrufers. Lange Rede ist gekürzt.',
    start: 'Die Linie ist der Beginn des ersten Schritts. Lange Rede ist gekürzt.',
  },
  transcript: {
    title: 'Mitschrift',
    exports: 'Mitschrift herunterladen',
    formats: { txt: 'Text', vtt: 'WebVTT', json: 'JSON' },
    simulation: 'Simulation',
    simulationHint: 'Lädt diesen Anruf als Szenario für Simulationen herunter',
    mayCome: 'Der Worker des Agenten lädt nach dem Anruf vielleicht eine hoch.',
    notUploaded:
      'Der Worker des Agenten hat keine hochgeladen. Setzen Sie für ihn LIVEKIT_OBSERVABILITY_URL: docs/insights.md.',
  },
  recording: {
    title: 'Aufzeichnung',
    one: (which, of) => `Aufzeichnung ${which} von ${of}`,
    from: (time) => `ab ${time}`,
    away: 'Die Aufzeichnung ist nicht auf diesem Rechner: Sie wurde gelöscht oder liegt bei dem Worker, der sie gemacht hat.',
    elsewhere:
      'LiveKit Egress hat die Aufzeichnung dort gespeichert, wo sie von hier aus nicht abgespielt werden kann:',
    play: (time) => `Ab ${time} abspielen`,
  },
  outcome: {
    title: 'Ergebnis',
    reason: (text) => `„${text}“`,
    tags: 'Markierungen',
    evaluations: 'Bewertungen',
    verdicts: { pass: 'bestanden', fail: 'nicht bestanden', maybe: 'unklar' },
  },
  versions: {
    title: 'Version des Agenten',
    tools: 'Werkzeuge',
    noTools: 'keine Werkzeuge',
    instructions: 'Anweisungen',
  },
  session: {
    title: 'Live vom Agenten, nicht gespeichert',
    list: 'Meldungen des Agenten',
    agent: {
      initializing: 'Agent startet',
      idle: 'Agent ist untätig',
      listening: 'Agent hört zu',
      thinking: 'Agent denkt nach',
      speaking: 'Agent spricht',
    },
    user: {
      speaking: 'Anrufer spricht',
      listening: 'Anrufer hört zu',
      away: 'Anrufer ist abwesend',
    },
    roles: { developer: 'Entwickler', system: 'System', user: 'Anrufer', assistant: 'Agent' },
    said: (role, text) => `${role}: ${text}`,
    handoff: (to) => `Agent macht als ${to} weiter`,
    tools: (added, removed) =>
      [
        added.length > 0 && `Neue Werkzeuge: ${added.join(', ')}`,
        removed.length > 0 && `Entfernte Werkzeuge: ${removed.join(', ')}`,
      ]
        .filter(Boolean)
        .join('. ') || 'Anweisungen geändert',
    usage: ({ model, inputTokens, outputTokens, characters }) =>
      [
        model || 'Modell ohne Namen',
        inputTokens !== undefined && `${fixed(inputTokens)} Token Eingabe`,
        outputTokens !== undefined && `${fixed(outputTokens)} Token Ausgabe`,
        characters !== undefined && `${fixed(characters)} Zeichen`,
      ]
        .filter(Boolean)
        .join(' · '),
    used: (models) => `Verbrauch bisher: ${models.join('; ')}`,
    error: (message) => `Fehler: ${message}`,
  },
  answers: {
    title: 'Antworten',
    hint: 'Ende des Sprechens → Stimme',
    median: 'Median',
    slowest: 'langsamste',
    none: 'Keine Antworten gemessen.',
    of: (count) => counted(count, 'Antwort', 'Antworten'),
  },
  usage: {
    title: 'Verbrauch',
    types: { llm: 'Sprachmodell', stt: 'Spracherkennung', tts: 'Sprachausgabe' },
    unnamed: 'Modell ohne Namen',
    noPrice: 'kein Preis',
    money,
    amounts: {
      inputTokens: (count) => `${fixed(count)} Token Eingabe`,
      cachedTokens: (count) => `davon ${fixed(count)} aus dem Cache`,
      inputAudioTokens: (count) => `davon ${fixed(count)} Ton`,
      outputTokens: (count) => `${fixed(count)} Token Ausgabe`,
      outputAudioTokens: (count) => `davon ${fixed(count)} Ton`,
      audioMs: (ms) => `${seconds(ms)} Ton`,
      characters: (count) => `${fixed(count)} Zeichen`,
    },
  },
  events: {
    title: 'Ereignisse',
    show: 'Zeigen',
    groups: {
      setup: 'Aufbau',
      talk: 'Gespräch',
      tools: 'Werkzeuge',
      people: 'Personen',
      states: 'Zustände des Agenten',
      errors: 'Fehler',
    },
    none: 'Keine Ereignisse dieser Art.',
    waiting: 'Noch kein Ereignis.',
    copy: 'Als JSON kopieren',
    copied: { yes: 'Kopiert.', failed: 'Ihr Browser erlaubt hier kein Kopieren.' },
    stack: 'Stacktrace',
    count: (shown, all) => `${shown} von ${all}`,
  },
  clocks: (clocks) => {
    const each = clocks.map(({ source, offsetMs }) => {
      const ms = fixed(Math.abs(offsetMs));
      return `${sourceName(source)} ging ${ms} ms ${offsetMs > 0 ? 'nach' : 'vor'}`;
    });
    return `Die Uhren gingen verschieden. Die Zeiten sind auf die Uhr dieses Servers berichtigt: ${each.join(', ')}.`;
  },
  remove: {
    button: 'Anruf löschen',
    ask: 'Diesen Anruf mit Mitschrift und Aufzeichnungen löschen? Das lässt sich nicht zurücknehmen.',
    yes: 'Endgültig löschen',
    no: 'Abbrechen',
    busy: 'Wird gelöscht…',
    failed: 'Der Anruf konnte nicht gelöscht werden',
    deleted: 'Anruf gelöscht.',
    left: 'Diese Aufzeichnungen liegen anderswo und wurden nicht gelöscht:',
    lettaLater:
      'Der Letta-Server antwortet nicht. Was sein Agent über den Anrufer weiß, wird gelöscht, sobald er wieder erreichbar ist.',
  },
  gone: {
    title: 'Dieser Anruf wurde gelöscht',
  },
};

const ORIGINS = {
  page: 'auf der Seite',
  api: 'über die API',
  rule: 'durch eine Regel',
  embed: 'auf einer anderen Website',
};
const SENDERS = {
  token: 'mit dem Token',
  api: 'über die API',
  rule: 'durch eine Regel',
  agent: 'durch einen Agenten',
  page: 'auf der Seite',
  share: 'durch den Anteil einer Regel',
  failover: 'durch Failover',
  other: 'durch ein anderes Programm',
};
const ROLES = { caller: '', colleague: ' auf Einladung', phone: ' per Telefon', other: '' };

export const describeEvent: typeof english.describeEvent = (what, called, nameOf) => {
  switch (what.kind) {
    case 'requested':
      return `${nameOf(what.agent) || 'Anruf'} angefragt, ${what.deployment}, ${ORIGINS[what.origin]}`;
    case 'token_minted':
      return `Token in ${fixed(what.ms)} ms ausgestellt`;
    case 'room_started':
      return 'Room geöffnet';
    case 'room_finished':
      return 'Room geschlossen';
    case 'dispatched':
      return `Dispatch für ${nameOf(what.agent)}, ${what.deployment}, ${SENDERS[what.by]}`;
    case 'job_assigned':
      return `Worker ${what.worker} übernahm den Job für ${nameOf(what.agent)}`;
    case 'job_refused':
      return `Worker ${what.worker} übernahm den Job für ${nameOf(what.agent)} nicht${what.reason && `: ${what.reason}`}`;
    case 'agent_joined':
      return `${nameOf(what.agent)} ist da${what.deployment && `, ${what.deployment}`}${what.worker ? `, Worker ${what.worker}` : ''}${overridden(what.overrides)}`;
    case 'first_audio':
      return `Erster Ton von ${nameOf(what.agent)}`;
    case 'person_joined':
      return `${what.name || what.identity} ist da${ROLES[what.role]}`;
    case 'person_left':
      return `${called(what.identity)} ist gegangen: ${endReasons[what.why]}`;
    case 'turn':
      return `${what.by}: ${what.text}`;
    case 'tool':
      return reported(what.label ?? what.tool);
    case 'missed_words':
      return `${called(what.identity)} hat ${fixed(what.ms / 1_000, 1)} s Gesprochenes nicht verstanden${what.offered ? ' und Tippen angeboten' : ''}`;
    case 'agent_state':
      return `${called(what.identity)} ${callsText.live.states[what.state] ?? what.state}`;
    case 'connection':
      return what.state === 'reconnecting'
        ? `${called(what.identity)} hat die Verbindung verloren`
        : `${called(what.identity)} ist wieder verbunden`;
    case 'error':
      return `Fehler in ${what.where}: ${what.message}`;
    case 'handed_off':
      return `${nameOf(what.from)} hat an ${nameOf(what.to)} übergeben`;
    case 'outcome':
      return `Ergebnis: ${outcomeLabel(what.outcome)}${what.reason ? `, „${what.reason}“` : ''}`;
    case 'evaluation':
      return `Bewertung ${what.name}: ${what.verdict}${what.reason ? `, „${what.reason}“` : ''}`;
    case 'tagged':
      return `Markierung: ${what.tag}`;
    case 'agent_config':
      return `${nameOf(what.agent)} hat die Version ${what.version}${what.tools.length > 0 ? `, mit den Werkzeugen ${what.tools.join(', ')}` : ''}`;
    case 'agent_changed':
      return `${nameOf(what.agent)} macht als ${what.to} weiter`;
    case 'spans':
      return `${what.spans.length === 1 ? 'Ein gemessener Schritt' : `${what.spans.length} gemessene Schritte`} von ${nameOf(what.agent)}`;
    case 'agent_left':
      return `${nameOf(what.agent)} ist gegangen: ${endReasons[what.why]}`;
    case 'failover':
      return `${nameOf(what.agent)} wird ersetzt, Versuch ${what.attempt}: ${what.reason}`;
    case 'gave_up':
      return `Niemand konnte für ${nameOf(what.agent)} einspringen: ${what.reason}`;
    case 'whisper':
      return `${what.by} flüsterte dem Agenten zu: „${what.text}“`;
    case 'summary':
      return `Zusammenfassung: ${what.text}`;
    case 'usage':
      return `${nameOf(what.agent)} verwendete ${what.models.map(({ model }) => model).join(', ')}`;
    case 'put_through':
      return `Nach ${fixed(what.ms / 1_000)} s in der Warteschlange verbunden`;
    case 'recording':
      return what.endedAt === undefined ? 'Aufzeichnung beginnt' : 'Aufzeichnung endet';
    case 'ended':
      return `Zu Ende: ${endReasons[what.why]}${what.reason ? `, „${what.reason}“` : ''}`;
  }
};

export const sourceName: typeof english.sourceName = (source) =>
  source === 'livekit' ? 'LiveKit' : source.replace(':', ' ');
