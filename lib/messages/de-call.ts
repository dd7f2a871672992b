// What people read on the page of one call, in German.
import { clock } from '@/lib/core/clock';
import type { Shape } from '@/lib/core/language';
import { toldBy } from './de-catalogue';
import { sourceCalled } from './de-happenings';
import { counted, fixed, seconds } from './de-numbers';
import type { callText as english } from './en-call';

export const callText: Shape<typeof english> = {
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
    none: 'Es wurde nichts gesagt.',
    noneYet: 'Noch wurde nichts gesagt.',
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
    `${clock(from)} ${toldBy(label ?? tool)} · ${failed ? 'gescheitert nach' : 'dauerte'} ${fixed(to - from)} ms`,
  at: (ms, words) => `${clock(ms)} ${words}`,
  seconds,
  interrupted: 'unterbrochen',
  typed: 'geschrieben',
  pressed: 'gedrückt',
  delay: {
    transcript: 'Mitschrift',
    firstToken: 'erstes Token',
    firstAudio: 'Stimme',
    from: 'Nach dem Ende der Rede',
    answered: (ms) => `Antwort nach ${fixed(ms)} Millisekunden`,
  },
  transcript: {
    title: 'Mitschrift',
    exports: 'Mitschrift behalten',
    formats: { txt: 'Text', vtt: 'WebVTT', json: 'JSON' },
  },
  recording: {
    title: 'Aufzeichnung',
    one: (which, of) => `Aufzeichnung ${which} von ${of}`,
    from: (time) => `ab ${time}`,
    away: 'Der Ton ist nicht auf diesem Rechner: Er wurde gelöscht oder liegt bei dem Worker, der ihn aufgezeichnet hat.',
    elsewhere: 'LiveKits Egress bewahrt den Ton, wo er von hier aus nicht abzuspielen ist:',
    play: (time) => `Ab ${time} abspielen`,
  },
  outcome: { title: 'Ergebnis' },
  answers: {
    title: 'Antworten',
    hint: 'Ende der Rede → Stimme',
    median: 'Median',
    slowest: 'langsamste',
    none: 'Keine Antwort wurde gemessen.',
    of: (count) => counted(count, 'Antwort', 'Antworten'),
  },
  events: {
    title: 'Was geschah',
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
    stack: 'Stacktrace',
    count: (shown, all) => `${shown} von ${all}`,
  },
  clocks: (clocks) => {
    const each = clocks.map(({ source, offsetMs }) => {
      const ms = fixed(Math.abs(offsetMs));
      return `${sourceCalled(source)} ging ${ms} ms ${offsetMs > 0 ? 'nach' : 'vor'}`;
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
      'Der Letta-Server antwortet nicht: Was sein Agent über den Anrufer weiß, wird dort gelöscht, sobald er antwortet.',
  },
  gone: {
    title: 'Dieser Anruf wurde gelöscht',
  },
};
