// The German version of `en/production.ts`.
const hours = (value: number) =>
  value < 48 ? `${Math.round(value)} Std.` : `${Math.round(value / 24)} Tagen`;

export const productionTitles = {
  keys: 'Schlüssel des LiveKit-Servers',
  address: 'Adresse des LiveKit-Servers für Browser',
  callers: 'Adressen der Anrufer',
  webhooks: 'Webhooks echter Anrufe',
  turn: 'Ton durch Firewalls (TURN)',
  workers: 'Worker jedes Agenten',
  database: 'PostgreSQL',
  webs: 'Webprozesse',
  retention: 'Wie lange etwas aufbewahrt wird',
} as const;

export const productionText = {
  keys: {
    ok: 'Das Geheimnis ist lang und nicht öffentlich bekannt.',
    published: 'Schlüssel oder Geheimnis stammen aus einer Anleitung.',
    plain: 'Das Geheimnis wiederholt sich: Es lässt sich erraten.',
    matters: 'Wer sie kennt, kann jedem Anruf beitreten und ihn beenden.',
    todo: 'Neue erzeugen (openssl rand -base64 32), für Server, Web und Worker gleichermaßen.',
  },
  address: {
    ok: (url: string) => `Browser verbinden sich verschlüsselt mit ${url}.`,
    near: (url: string) =>
      `Browser werden zu ${url} geschickt, dem eigenen Rechner jedes Besuchers.`,
    open: (url: string) => `Browser werden zu ${url} geschickt, ohne Verschlüsselung.`,
    matters:
      'Eine Seite mit TLS kann sich sonst nicht verbinden, und unterwegs ließe sich mithören.',
    todo: 'LIVEKIT_BROWSER_URL auf die wss://-Adresse des LiveKit-Servers setzen.',
  },
  callers: {
    ok: (proxies: number) => `TRUST_PROXY ist ${proxies}: Proxys nennen die Adressen der Anrufer.`,
    direct: 'Anrufer verbinden sich ohne Proxy.',
    hidden: 'Anrufer kommen über einen Proxy, und TRUST_PROXY fehlt: Alle haben dessen Adresse.',
    matters:
      'Anrufe und Anmeldungen sind je Adresse begrenzt. Solange sie unbekannt ist, kann niemand ohne Anmeldung anrufen.',
    todo: 'TRUST_PROXY auf die Zahl der vorgeschalteten Proxys setzen, die die Adresse des Clients an X-Forwarded-For anhängen.',
  },
  webhooks: {
    ok: (ago: number) => `Der letzte Webhook eines Anrufs kam vor ${hours(ago)}.`,
    old: (ago: number) => `Der letzte Webhook eines Anrufs kam vor ${hours(ago)}.`,
    none: 'Noch kam kein Webhook eines echten Anrufs.',
    matters: 'Sie melden, wer in welchem Anruf ist und ob ein Agent ersetzt werden muss.',
    todo: 'Einmal anrufen. Bleibt es dabei: CALLBOARD_URL/api/webhooks/livekit in die Webhooks des LiveKit-Servers eintragen.',
  },
  turn: {
    cloud: 'LiveKit Cloud hat TURN über TLS auf Port 443.',
    unknown: 'Von hier lässt sich nicht prüfen, ob Anrufer hinter Firewalls durchkommen.',
    matters: 'Manche Anrufer sitzen in Netzen, die nur TLS durchlassen.',
    todo: 'turn.tls_port in der LiveKit-Konfiguration einschalten und die Diagnose in einem Browser draußen öffnen: „Tonverbindung“ zeigt, was funktioniert.',
  },
  workers: {
    ok: (count: number) =>
      `Jeder Agent hat auf jedem Deployment einen bereiten Worker, mindestens ${count}.`,
    missing: (which: string) => `Kein bereiter Worker: ${which}.`,
    single: (which: string) => `Nur ein bereiter Worker: ${which}.`,
    matters: 'Fällt einer aus, führt ein anderer seine Anrufe weiter.',
    todo: 'Mehr Worker starten: mindestens zwei für production, einen für jedes andere Deployment.',
  },
  database: {
    ok: (host: string) => `Die Anrufe liegen bei PostgreSQL auf ${host}.`,
    folder: 'Die Anrufe liegen in einem Ordner.',
    away: (why: string) => `PostgreSQL antwortet nicht: ${why}`,
    matters:
      'Nur einen Server können mehrere Webprozesse nutzen, und nur er lässt sich im Betrieb sichern.',
    todo: 'DATABASE_URL auf einen PostgreSQL-Server setzen, der antwortet.',
  },
  webs: {
    ok: (count: number) => `${count} Webprozesse teilen sich die Arbeit.`,
    single: 'Es gibt einen Webprozess.',
    unknown: 'Ohne PostgreSQL kann es nur einen geben.',
    matters: 'Während der einzige neu startet, kann niemand einen Anruf beginnen.',
    todo: 'Einen zweiten mit derselben DATABASE_URL starten, und einen Verteiler davor.',
  },
  retention: {
    ok: (calls: number, recordings: number) =>
      `Anrufe werden nach ${calls} Tagen gelöscht, Aufnahmen nach ${recordings}.`,
    forever: (what: string) => `Für immer aufbewahrt: ${what}.`,
    calls: 'Anrufe',
    recordings: 'Aufnahmen',
    matters:
      'Was Menschen sagten, gehört ihnen: Die meisten Gesetze verlangen, es zu löschen, wenn es nicht mehr gebraucht wird.',
    todo: 'CALLS_KEEP_DAYS und RECORDINGS_KEEP_DAYS auf eine Zahl von Tagen setzen.',
  },
} as const;
