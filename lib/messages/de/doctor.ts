// The German version of `en/doctor.ts`.
import type { Shape } from '@/lib/core/language';
import { fixed, seconds as s } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/doctor';

const ms = (value: number) => `${fixed(value)} ms`;
const ago = (seconds: number) =>
  seconds < 90 ? `vor ${seconds} s` : `vor ${Math.round(seconds / 60)} min`;

export const checkTitles: Shape<typeof english.checkTitles> = {
  server: 'LiveKit-Server',
  keys: 'Schlüssel',
  clock: 'Uhren',
  webhooks: 'Webhooks',
  database: 'Datenbank der Anrufe',
  envFiles: 'Einstellungen in .env',
  minutes: 'Heute verbrauchte Minuten',
  letta: 'Was Letta behält',
  ports: 'Ports',
  proxy: 'Proxy für Agenten',
  speech: 'Sprachein- und -ausgabe',
  answers: {
    model: (name) => `Sprachmodell ${name}`,
    stt: (name) => `Spracherkennung ${name}`,
    tts: (name) => `Sprachausgabe ${name}`,
    mcp: (name) => `Werkzeuge von ${name}`,
    letta: () => 'Letta-Server',
  },
  agent: (agent, deployment) => `${agent} auf ${deployment}`,
  why: 'Warum ist kein Agent gekommen?',
  secure: 'Sichere Seite',
  microphone: 'Mikrofon',
  socket: 'Verbindung zum Server',
  media: 'Tonverbindung',
};

export const doctorText: Shape<typeof english.doctorText> = {
  title: 'Diagnose',
  lead: 'Prüft jedes Teil mit echten Anrufen und Anfragen und sagt, was zu tun ist.',
  states: {
    ok: 'in Ordnung',
    warn: 'Warnung',
    fail: 'kaputt',
    unknown: 'unbekannt',
    wait: 'wird geprüft',
  },
  everything: 'Alles prüfen',
  testCall: (agent: string) => `Testanruf bei ${agent}`,
  testCallLead:
    'Schickt den Agenten auf jedem seiner Deployments in einen eigenen Raum, ohne Anrufer.',
  callAgain: 'Noch einmal anrufen',
  passed: (count) => (count === 1 ? '1 Prüfung bestanden' : `${count} Prüfungen bestanden`),
  headline: {
    waiting: 'Noch nicht geprüft',
    running: (done, all) => `Prüfung: ${done} von ${all}`,
    ok: 'Alles ist in Ordnung',
    unknown: 'Alles, was geprüft werden konnte, ist in Ordnung',
    warn: (count) => (count === 1 ? '1 Warnung' : `${count} Warnungen`),
    fail: (count) => (count === 1 ? '1 Teil ist kaputt' : `${count} Teile sind kaputt`),
  },
  groups: {
    server: 'Server',
    agents: 'Agenten, mit einem Testanruf',
    browser: 'Ihr Browser',
  },
  toDo: {
    title: 'Was zu tun ist',
    nothing: 'Nichts.',
    later: 'Wird geprüft…',
    jump: 'Zeigen, was zu tun ist',
  },
  steps: 'Schritte in Millisekunden',
  matters: 'Warum es wichtig ist',
  todo: 'Zu tun',
  evidence: 'Grundlage',
  begin: 'Jetzt prüfen',
  again: 'Erneut prüfen',
  allowMic: 'Mikrofon testen',
  ask: {
    title: 'Warum ist kein Agent gekommen?',
    lead: 'Geben Sie den Room eines Anrufs ein. Die Diagnose prüft seine Ereignisse und nennt einen Grund.',
    label: 'Room',
    placeholder: 'Name des Rooms',
    button: 'Herausfinden',
    other: 'Ein anderer Room',
  },
  failed: {
    title: 'Die Diagnose antwortet nicht',
    body: 'Der Web-Prozess hat die Prüfung nicht beendet. Läuft er noch?',
    again: 'Noch einmal versuchen',
  },
  stages: {
    request: 'gefragt',
    assigned: 'zugeteilt',
    joined: 'da',
    published: 'kann gehört werden',
    ready: 'bereit',
    audio: 'erster Ton',
    synthesized: 'gesprochen',
    heard: 'verstanden',
  },
  links: { agents: 'Agenten', calls: 'Verlauf', settings: 'Optionen', rules: 'Regeln' },

  server: {
    matters: 'Jeder Anruf geht durch ihn.',
    ok: (url, version, took) =>
      `${url} antwortet in ${ms(took)}${version ? `, Version ${version}` : ''}.`,
    busy: (url) => `${url} antwortet, meldet aber, dass er nicht gesund ist (406).`,
    busyTodo: 'Sehen Sie nach seiner Last und starten Sie ihn neu, wenn es so bleibt.',
    odd: (url, status) => `${url} antwortet mit ${status}, anders als ein LiveKit-Server.`,
    oddTodo: 'Setzen Sie LIVEKIT_URL auf die Adresse des LiveKit-Servers.',
    away: (url, why) => `${url} antwortet nicht: ${why}.`,
    awayTodo:
      'Starten Sie ihn (npm start oder npm run livekit), oder setzen Sie LIVEKIT_URL auf seine Adresse.',
    proxyTodo: (name) =>
      `${name} ist gesetzt, aber Anfragen dieses Prozesses nutzen den Proxy nicht: Setzen Sie NODE_USE_ENV_PROXY=1 (ab Node 24), und starten Sie neu.`,
  },
  keys: {
    matters: 'Mit ihnen werden die Tokens für Anrufer und Worker unterschrieben.',
    ok: (took) => `Der Server nimmt die Schlüssel dieses Prozesses an (${ms(took)}).`,
    secret:
      'Der Server kennt den API-Schlüssel und lehnt die Unterschrift ab (401): Das Geheimnis ist ein anderes.',
    secretTodo:
      'Setzen Sie LIVEKIT_API_SECRET auf das Geheimnis dieses Schlüssels auf dem Server und starten Sie neu.',
    key: 'Der Server kennt den API-Schlüssel nicht (401).',
    keyTodo:
      'Setzen Sie LIVEKIT_API_KEY und LIVEKIT_API_SECRET auf ein Paar, das dieser Server hat, und starten Sie neu.',
    clock:
      'Der Server lehnt die Unterschrift als zu alt oder zu neu ab (401): Die Uhren gehen verschieden.',
    clockTodo: 'Stellen Sie die Uhren beider Rechner mit NTP.',
    other: (detail) => `Der Server gab eine unerwartete Antwort: ${detail}.`,
    otherTodo: 'Sehen Sie in das Log des Servers.',
    away: 'Nicht geprüft: Der Server ist nicht zu erreichen.',
  },
  clock: {
    matters:
      'LiveKit und Callboard lehnen die Tokens des anderen ab, wenn ihre Uhren um mehr als 60 s abweichen.',
    ok: (by) => `Die Uhr des Servers weicht um ${by <= 1 ? 'höchstens 1 s' : `${by} s`} ab.`,
    off: (by, ahead) =>
      `Die Uhr des Servers geht gegen diese um ${by} s ${ahead ? 'vor' : 'nach'}.`,
    todo: 'Stellen Sie die Uhren beider Rechner mit NTP.',
    unknown: 'Der Server nennt seine Uhrzeit nicht.',
  },
  webhooks: {
    matters: 'Verlauf, Regeln und Failover hängen von Webhooks ab.',
    ok: (took) => `Der Webhook eines Test-Rooms kam nach ${ms(took)}.`,
    elsewhere: (since) =>
      `Der Webhook des Testrooms kam nicht hierher. Der letzte eines anderen Rooms kam ${ago(since)}.`,
    elsewhereTodo:
      'Wenn mehrere Web-Prozesse laufen, prüfen Sie den, der die Webhooks empfängt. Sonst warten Sie auf einen neuen Versuch.',
    none: (waited, url) =>
      `In ${s(waited)} kam kein Webhook. Dieser Prozess nimmt sie unter ${url} an.`,
    todo: (url) =>
      `Geben Sie dem LiveKit-Server die Webhook-Adresse ${url}, unterschrieben mit diesem API-Schlüssel, und sorgen Sie dafür, dass er sie erreicht.`,
    refused: {
      clock: (aheadS = 0) =>
        `Ein Webhook wurde abgelehnt (401): Die Uhr des Absenders geht gegen diese um ${Math.abs(aheadS)} s ${aheadS > 0 ? 'vor' : 'nach'}.`,
      key: () =>
        'Ein Webhook wurde abgelehnt (401): Er ist mit einem anderen API-Schlüssel unterschrieben.',
      secret: () =>
        'Ein Webhook wurde abgelehnt (401): Er ist mit einem anderen Secret unterschrieben.',
    },
    refusedTodo: {
      clock: 'Stellen Sie die Uhren beider Rechner mit NTP.',
      key: 'Lassen Sie den LiveKit-Server Webhooks mit LIVEKIT_API_KEY unterschreiben: `webhook.api_key` in seinen Einstellungen.',
      secret:
        'Setzen Sie LIVEKIT_API_SECRET auf das Secret dieses Schlüssels auf dem Server, und starten Sie neu.',
    },
    unknown: 'Nicht geprüft: Der Server ist nicht zu erreichen.',
  },
  database: {
    matters:
      'Anrufe gehen auch ohne sie weiter; ihr Verlauf wartet auf der Platte, bis sie wieder da ist.',
    ok: (where, took) => `${where} antwortet auf eine Abfrage in ${ms(took)}.`,
    folder: (path) => `Der Ordner ${path}`,
    server: (host) => `Der PostgreSQL-Server auf ${host}`,
    slow: (where, took) => `${where} brauchte ${ms(took)} für eine Abfrage.`,
    slowTodo: 'Sehen Sie nach der Last des Rechners und der Platte.',
    away: (where, why) => `${where} ist nicht zu verwenden: ${why}`,
    folderTodo:
      'Sehen Sie nach, ob der Ordner beschreibbar ist und die Platte Platz hat, und starten Sie dann neu.',
    serverTodo: 'Beheben Sie das am Server oder in DATABASE_URL.',
  },
  envFiles: {
    matters:
      'Ein unvollständiges Passwort oder ein unvollständiger Schlüssel scheitert anderswo, mit einem anderen Fehler.',
    ok: (files) => `Alle Werte in ${files} gelten so, wie sie geschrieben sind.`,
    $: (file, name) => `${name} in ${file}: Das $ im Wert wurde als Variable gelesen.`,
    '#': (file, name) =>
      `${name} in ${file}: Der Wert endet an einem #, das als Kommentar gelesen wurde.`,
    quotes: (file, name) =>
      `${name} in ${file}: Das Anführungszeichen am Anfang wurde für einen Teil des Werts gehalten.`,
    todo: 'Setzen Sie den Wert in einfache Anführungszeichen, und starten Sie neu.',
  },
  minutes: {
    matters:
      'Ein Agent, dessen Minuten verbraucht sind, nimmt bis Mitternacht keinen Anruf mehr an.',
    seen: (agents) =>
      `${agents.map(({ agent, minutes, most }) => `${agent} hatte ${minutes} von ${most} Minuten`).join(', ')}.`,
    full: (agents) =>
      `Erhöhen Sie MINUTES_A_DAY für ${agents.join(', ')} und starten Sie neu, oder warten Sie bis Mitternacht.`,
    nearly:
      'Erhöhen Sie MINUTES_A_DAY und starten Sie neu, wenn Anrufe den ganzen Tag durchgehen sollen.',
  },
  letta: {
    matters:
      'Was Anrufer gesagt haben, muss mit ihren Daten verschwinden. Kopien der Anfragen an Modelle kann Letta nicht löschen.',
    ok: 'Letta behält keine Kopien der Anfragen an Modelle.',
    traces: 'Letta behält eine Kopie jeder Anfrage an ein Modell, mit dem bisherigen Gespräch.',
    todo: 'Setzen Sie für den Letta-Server LETTA_TRACK_PROVIDER_TRACE=false, starten Sie ihn neu, und löschen Sie die Zeilen seiner Tabelle provider_traces.',
    none: 'Noch hat kein Agent von Letta geantwortet.',
    away: (status) => (status ? `Letta antwortet mit Status ${status}.` : 'Letta antwortet nicht.'),
    awayTodo: 'Prüfen Sie, ob der Server läuft, sowie LETTA_URL und LETTA_API_KEY.',
  },
  proxy: {
    matters: 'Agenten und Testanrufer verbinden sich über ihn mit dem LiveKit-Server.',
    ok: (name, host, took) => `Der Proxy aus ${name} verbindet Agenten mit ${host} (${ms(took)}).`,
    refused: (name, host, status) =>
      `Der Proxy aus ${name} verbindet Agenten nicht mit ${host}: Er antwortet mit ${status}.`,
    away: (name, host, why) =>
      `Agenten nutzen für ${host} den Proxy aus ${name}, und er antwortet nicht: ${why}.`,
    todo: (name, host) =>
      `Wenn ${host} ohne den Proxy erreichbar ist, tragen Sie ihn in NO_PROXY ein. Sonst korrigieren Sie ${name}. Starten Sie dann neu.`,
  },
  models: {
    matters:
      'Ohne es machen Agenten mit dem nächsten Modell oder ohne Werkzeuge weiter, oder sie entschuldigen sich.',
    ok: (took) => `Es antwortet in ${ms(took)}.`,
    cost: 'Die Prüfung kostet eine Anfrage von etwa 80 Tokens.',
    free: 'Die Prüfung kostet keine Tokens.',
    causes: {
      key: 'Der Schlüssel wird abgelehnt oder fehlt',
      model: 'Das Modell ist dort unbekannt, oder die Anfrage wird abgelehnt',
      credit: 'Das Konto hat kein Guthaben mehr oder ist über seiner Grenze',
      unreachable: 'Nicht zu erreichen',
      tls: 'Keine sichere Verbindung: Dem Zertifikat wird nicht vertraut, oder in der URL steht http statt https oder umgekehrt',
      late: 'Keine Antwort in der vorgesehenen Zeit',
      foreign: 'Unter dieser Adresse antwortet etwas anderes',
      other: 'Die Anfrage schlägt fehl',
    },
    todo: {
      key: (settings) =>
        `Setzen oder berichtigen Sie den Schlüssel, und starten Sie neu: ${settings}.`,
      model: (settings) =>
        `Nehmen Sie ein Modell, das der Server kennt und das der Schlüssel erlaubt, und starten Sie neu: ${settings}.`,
      credit: () => 'Laden Sie beim Anbieter Guthaben auf, oder erhöhen Sie die Grenze.',
      unreachable: (settings) =>
        `Prüfen Sie, ob es läuft und von diesem Rechner zu erreichen ist: ${settings}.`,
      tls: (settings) =>
        `Installieren Sie ein Zertifikat, dem dieser Rechner vertraut (für ein eigenes: NODE_EXTRA_CA_CERTS), oder berichtigen Sie http oder https in der URL: ${settings}.`,
      late: () => 'Prüfen Sie die Last. Anrufer hören nach 4 s das nächste Modell.',
      foreign: (settings, path) => {
        const end = path ? `, meist mit ${path} am Ende` : '';
        const only = path === '/mcp' ? ' Sie muss für Streamable HTTP sein, nicht für SSE.' : '';
        return `Berichtigen Sie die URL${end}, und starten Sie neu: ${settings}.${only} Stimmt sie, antwortet ein Proxy oder die Anmeldeseite des Netzes.`;
      },
      other: (settings) => `Sehen Sie in das Log des Servers, und prüfen Sie: ${settings}.`,
    },
  },
  ports: {
    matters: 'Über diese Ports erreichen die Teile einander.',
    open: (names) => `Es lauscht etwas auf ${names}.`,
    port: (name, at, took) => `${name} ${at} (${ms(took)})`,
    closed: (names) => `Nichts lauscht auf ${names}.`,
    todo: (name) => `Starten Sie ${name}, oder berichtigen Sie seine Adresse in den Einstellungen.`,
    names: { web: 'Web', livekit: 'LiveKit', speech: 'Sprache' },
  },
  speech: {
    matters: 'Ohne sie hören und sprechen Agenten nicht.',
    // In English, because the voices and models that ship speak nothing else.
    sentence: 'We are open from nine to five every day of the week.',
    ok: (heard, right, all) =>
      `Gesprochen und wieder verstanden: „${heard}“ (${right} von ${all} Wörtern).`,
    poor: (said, heard, right, all) =>
      `„${said}“ wurde als „${heard}“ verstanden (${right} von ${all} Wörtern).`,
    poorTodo: 'Sehen Sie nach, ob Stimme und Modell der Sprachserver zur Sprache passen.',
    speakFails: (url, why) => `Text zu Sprache unter ${url} ist gescheitert: ${why}.`,
    hearFails: (url, why) => `Sprache zu Text unter ${url} ist gescheitert: ${why}.`,
    silent: (url) => `Text zu Sprache unter ${url} antwortete ohne Ton.`,
    todo: (url) =>
      `Starten Sie den Sprachserver (npm run speech), oder berichtigen Sie die Adresse ${url}.`,
    answered: (status) => `Antwort ${status}`,
    noAnswer: (limit) => `keine Antwort in ${s(limit)}`,
    empty: 'nichts',
  },
  agents: {
    matters: 'Ein Anrufer dieses Agenten erlebt jetzt dasselbe.',
    ok: (total) => `Nahm einen Testanruf an und war nach ${ms(total)} bereit.`,
    waits: 'Er spricht, sobald jemand da ist; ein Testanruf hat deshalb keinen ersten Ton.',
    slow: (total) => `Nahm einen Testanruf an, war aber erst nach ${s(total)} bereit.`,
    slowTodo:
      'Sehen Sie nach der Last auf dem Rechner des Workers, und ob ein Prozess auf den Anruf wartete.',
    full: (jobs, places) =>
      `Alle Plätze sind belegt (${jobs} von ${places}); es gab keinen Testanruf, damit Anrufer Platz haben.`,
    fullTodo: 'Starten Sie einen weiteren Worker (npm run agent), oder erhöhen Sie AGENT_MAX_JOBS.',
    silentWorker: 'Der Agent kam, aber sein Worker meldet sich nicht bei diesem Prozess.',
    silentTodo: 'Setzen Sie CALLBOARD_URL des Workers auf diesen Web-Prozess.',
    mute: (total) =>
      `Der Agent kam nach ${s(total)}, veröffentlichte aber keinen Ton und meldete sich nicht bereit.`,
    muteTodo: 'Sehen Sie in das Log des Workers: Seine Session hat nicht begonnen.',
    unknown: 'Nicht geprüft: Der LiveKit-Server ist nicht zu erreichen.',
    left: (room) =>
      `Der Test-Room ${room} ließ sich nicht entfernen; LiveKit schließt ihn in 20 s.`,
  },
  browser: {
    secure: {
      matters: 'Browser geben das Mikrofon nur sicheren Seiten.',
      ok: (origin) => `${origin} ist eine sichere Seite.`,
      fail: (origin) => `${origin} ist keine sichere Seite.`,
      todo: 'Öffnen Sie die Seite über https, oder auf dem Rechner selbst als http://localhost.',
    },
    microphone: {
      matters: 'Ohne Mikrofon kann man dem Agenten schreiben, aber nicht mit ihm sprechen.',
      ok: (count) => `Erlaubt; ${count === 1 ? '1 Mikrofon' : `${count} Mikrofone`} gefunden.`,
      ask: 'Das Mikrofon ist noch nicht erlaubt und wurde deshalb nicht geprüft.',
      askTodo: 'Drücken Sie „Mikrofon testen“ und erlauben Sie es.',
      denied: 'Der Browser lässt diese Seite das Mikrofon nicht benutzen.',
      deniedTodo:
        'Erlauben Sie dieser Seite das Mikrofon in der Adressleiste des Browsers, und prüfen Sie dann erneut.',
      withheldTodo:
        'Erlauben Sie es in der Permissions-Policy, die ein Proxy setzen kann, und in den Einstellungen des Browsers.',
      none: 'Kein Mikrofon ist angeschlossen.',
      noneTodo: 'Schließen Sie eines an, oder schreiben Sie dem Agenten.',
      failed: (why) => `Das Mikrofon ließ sich nicht öffnen: ${why}.`,
      failedTodo:
        'Schließen Sie andere Programme, die es benutzen, und versuchen Sie es noch einmal.',
    },
    socket: {
      matters: 'Über diese Verbindung baut der Browser Anrufe auf.',
      ok: (url, said) => `${url}: ${said}`,
      fail: (url, why) => `${url}: ${why}`,
      todo: 'Prüfen Sie, ob diese Adresse von hier zu erreichen ist. Wenn Browser eine andere Adresse brauchen, setzen Sie LIVEKIT_BROWSER_URL.',
    },
    media: {
      matters: 'Der Ton geht über UDP, oder über TCP, wenn ein Netz UDP sperrt.',
      and: ' und ',
      ok: (ways, took) =>
        `Verbunden in ${ms(took)}. ${ways ? `Der Server bietet ${ways} an.` : ''}`.trim(),
      fail: (why) => `Keine Tonverbindung: ${why}`,
      todo: 'Öffnen Sie UDP 50000–60000 und TCP 7881 zum Server, oder richten Sie TURN auf Port 443 ein.',
      nearTodo:
        'Versuchen Sie einen anderen Browser: Eine Erweiterung oder Richtlinie kann hier WebRTC sperren, das auf diesem Rechner keinen offenen Port braucht.',
      networkTodo:
        'Anrufe brauchen eine Netzadresse, auch auf demselben Rechner, und der LiveKit-Server fand beim Start keine. Verbinden Sie diesen Rechner mit einem Netz, und starten Sie Callboard neu.',
      relay: 'Sie führt über ein Relay (TURN).',
    },
    noToken: (why) => `Nicht geprüft: ${why}`,
    noTokenTodo: 'Beheben Sie zuerst die Probleme des Servers.',
  },
  crashed: (why) => `Die Prüfung selbst ist gescheitert: ${why}.`,
  crashedTodo: 'Sehen Sie in das Log des Web-Prozesses.',
  late: (limit) => `In ${s(limit)} kam keine Antwort.`,
  lateTodo: 'Sehen Sie nach der Last dieses Rechners, und prüfen Sie dann erneut.',
};
