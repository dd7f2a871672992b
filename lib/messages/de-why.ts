// Why no agent came, in German: for each verdict what was seen, why it matters, and the one thing to
// do. Only what the evidence holds is claimed; where it does not decide, the words say what is unknown.

import { after, quote, SIGNED, who } from './de-why-words';
import { workerWhy } from './de-why-worker';
import type { whyText as english } from './en-why';

const nothing = () => '';

export const whyText: typeof english = {
  ...workerWhy,
  there: {
    state: 'ok',
    seen: ({ agent }) => `${agent || 'Ein Agent'} ist im Room.`,
    matters: 'Nichts fehlt.',
    todo: nothing,
  },
  came: {
    state: 'ok',
    seen: ({ agent, reason }) =>
      `${agent || 'Ein Agent'} kam zu diesem Anruf${reason ? ` und ging später wieder (${reason})` : ''}.`,
    matters: 'Dass er jetzt weg ist, ist eine andere Frage als die, warum keiner kam.',
    todo: () => 'Sehen Sie im Verlauf des Anrufs nach, wie es weiterging.',
    page: 'calls',
  },
  'server-unreachable': {
    state: 'fail',
    seen: () => 'Der LiveKit-Server ist von hier nicht zu erreichen.',
    matters: 'Ohne ihn gibt es keinen Room, in den ein Agent kommen könnte.',
    todo: () => 'Starten Sie ihn, oder setzen Sie LIVEKIT_URL dorthin, wo er ist.',
    page: 'doctor',
  },
  'web-secret': {
    state: 'fail',
    seen: () =>
      'Der LiveKit-Server lehnt ab, was dieser Prozess unterschreibt (401): Das Geheimnis ist ein anderes.',
    matters: SIGNED,
    todo: () => 'Setzen Sie LIVEKIT_API_SECRET des Web-Prozesses auf das des Servers.',
    page: 'doctor',
  },
  'web-key': {
    state: 'fail',
    seen: () => 'Der LiveKit-Server kennt den API-Schlüssel dieses Prozesses nicht (401).',
    matters: SIGNED,
    todo: () =>
      'Setzen Sie LIVEKIT_API_KEY und LIVEKIT_API_SECRET auf ein Paar, das der Server hat.',
    page: 'doctor',
  },
  'web-clock': {
    state: 'fail',
    seen: () =>
      'Der LiveKit-Server lehnt Tokens dieses Prozesses ab, weil sie zu alt oder zu neu seien (401).',
    matters: 'Uhren dürfen um 60 s abweichen, nicht mehr.',
    todo: () => 'Stellen Sie die Uhren beider Rechner mit NTP.',
    page: 'doctor',
  },
  'server-refuses': {
    state: 'unknown',
    seen: () => 'Der LiveKit-Server antwortet, aber nicht auf das, was gefragt war.',
    matters: 'Was aus dem Anruf wurde, ist nur von ihm zu erfahren.',
    todo: () => 'Sehen Sie in das Log des Servers.',
    page: 'doctor',
  },
  'no-room': {
    state: 'unknown',
    seen: () => 'Weder ein Anruf noch ein laufender Room dieses Namens ist bekannt.',
    matters:
      'Namen von Rooms unterscheiden Groß- und Kleinschreibung, und ein Room, der vorbei ist, ist nur durch seinen Anruf bekannt.',
    todo: () => 'Suchen Sie den Anruf in der Liste, und fragen Sie von dort aus.',
    page: 'calls',
  },
  'caller-never-came': {
    state: 'fail',
    seen: () => 'Ein Token wurde ausgegeben, und niemand kam damit: Der Room hat nie begonnen.',
    matters:
      'LiveKit schickt nach dem Agenten, wenn der Anrufer dazukommt. Dessen Browser hat es nicht erreicht.',
    todo: () =>
      'Öffnen Sie die Diagnose im Browser des Anrufers: Sie probiert den Weg zum LiveKit-Server.',
    page: 'doctor',
  },
  'caller-media-blocked': {
    state: 'fail',
    seen: (about) =>
      `Der Anrufer erreichte den Server, aber in ${after(about)} fand sich kein Weg für den Ton.`,
    matters: 'Zwischen beiden sind UDP und TCP gesperrt; niemand ist zu hören.',
    todo: () =>
      'Öffnen Sie die UDP- und TCP-Ports des Servers für Ton, oder richten Sie TURN auf Port 443 ein.',
    page: 'doctor',
  },
  'deployment-refused': {
    state: 'fail',
    seen: ({ deployment, reason }) =>
      `Der LiveKit-Server lehnte den Namen des Deployments ab${deployment ? ` („${deployment}“)` : ''}${reason ? `: ${reason}` : ''}.`,
    matters: 'Er lässt den Anrufer trotzdem ein und schickt nach niemandem, ohne einen Fehler.',
    todo: () =>
      'Geben Sie dem Deployment einen Namen aus 1 bis 63 Buchstaben, Ziffern, „-“ oder „.“, mit einem Buchstaben oder einer Ziffer an beiden Enden.',
  },
  'name-in-metadata': {
    state: 'fail',
    seen: ({ agent }) =>
      `Die Metadaten des Rooms nennen ${agent}, aber nach keinem Agenten wurde geschickt.`,
    matters: 'LiveKit liest keinen Agenten aus Metadaten: Nur ein Dispatch schickt einen.',
    todo: ({ agent }) =>
      `Schicken Sie ihn: npm run dispatch -- create ROOM --agent ${agent}, oder schreiben Sie eine Regel, die es tut.`,
    page: 'rules',
  },
  'automatic-expected': {
    state: 'fail',
    seen: ({ other }) =>
      `Es wurde nur der automatische Dispatch versucht, und jeder Worker hat einen Namen${other ? ` (${other})` : ''}.`,
    matters:
      'Ein Worker mit einem Agent-Namen bekommt keinen Anruf automatisch: Er muss verlangt werden.',
    todo: () =>
      'Verlangen Sie den Agenten mit Namen, oder schreiben Sie eine Regel, die einen schickt.',
    page: 'rules',
  },
  'token-ignored': {
    state: 'fail',
    seen: ({ agent }) =>
      `Den Room gab es schon, bevor das Token benutzt wurde, das ${agent} verlangt.`,
    matters: 'LiveKit liest die Agenten eines Tokens nur, wenn es den Room anlegt.',
    todo: ({ agent }) =>
      `Schicken Sie den Agenten in den Room: npm run dispatch -- create ROOM --agent ${agent}.`,
  },
  'nobody-asked': {
    state: 'fail',
    seen: () => 'Niemand hat nach einem Agenten geschickt.',
    matters: 'Ein Agent kommt nur, wo ein Token, eine Regel oder ein Dispatch ihn verlangt.',
    todo: () =>
      'Verlangen Sie einen: mit dem Token für einen neuen Room, mit einer Regel oder mit npm run dispatch -- create ROOM.',
    page: 'rules',
  },
  'on-its-way': {
    state: 'unknown',
    seen: (about) => `${who(about)} wurde vor ${after(about)} verlangt und kann noch kommen.`,
    matters: 'LiveKit darf 5 s brauchen, um herauszufinden, wer einen Namen bedient.',
    todo: () => 'Fragen Sie in einigen Sekunden noch einmal.',
  },
  'long-ago': {
    state: 'unknown',
    seen: (about) =>
      `${who(about)} wurde vor ${Math.round((about.seconds ?? 0) / 60)} min verlangt und kam nicht${quote(about)}.`,
    matters: 'Wie es Workern jetzt geht, sagt nichts darüber, wie es damals war.',
    todo: () =>
      'Sehen Sie in die Logs von Worker und LiveKit-Server zu jener Zeit; untersuchen Sie alles, wie es jetzt ist.',
    page: 'doctor',
  },
  unknown: {
    state: 'unknown',
    seen: (about) =>
      about.agent
        ? `${who(about)} wurde verlangt und kam nicht${quote(about)}. Seine Worker melden, dass es ihnen gut geht.`
        : 'Was von diesem Anruf gemeldet wurde, entscheidet es nicht.',
    matters:
      'Der Server sagt niemandem, warum er den Anruf keinem gab, außer in seinem eigenen Log.',
    todo: () =>
      'Suchen Sie im Log des LiveKit-Servers zu jener Zeit nach „failed to send job request“.',
    page: 'agents',
  },
};
