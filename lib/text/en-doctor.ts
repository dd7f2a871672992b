// What the doctor says, but for its verdicts on single calls (`en-why.ts`): each finding as what was
// seen, why it matters, and the one thing to do.

const s = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const ms = (value: number) => `${Math.round(value)} ms`;
const spellAgo = (seconds: number) =>
  seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;

/** Names of the checks. */
export const checkTitles = {
  server: 'LiveKit server',
  keys: 'Keys',
  clock: 'Clocks',
  webhooks: 'Webhooks',
  database: 'Database of the calls',
  minutes: 'Minutes of today',
  ports: 'Ports',
  speech: 'Speech, there and back',
  agent: (agent: string, deployment: string) => `${agent} on ${deployment}`,
  why: 'Why did no agent come?',
  secure: 'Secure page',
  microphone: 'Microphone',
  socket: 'Your way to the server',
  media: 'Your way for sound',
} as const;

export const doctorText = {
  title: 'Doctor',
  lead: 'Tries every part for real and says what it saw, why it matters, and the one thing to do.',
  states: {
    ok: 'well',
    warn: 'see to it',
    fail: 'broken',
    unknown: 'unknown',
    wait: 'looking',
  },
  everything: 'Examine everything',
  headline: {
    waiting: 'Not examined yet',
    running: (done: number, all: number) => `Looking: ${done} of ${all}`,
    ok: 'All is well',
    unknown: 'All that could be seen is well',
    warn: (count: number) => (count === 1 ? 'One thing to look at' : `${count} things to look at`),
    fail: (count: number) => (count === 1 ? 'One part is broken' : `${count} parts are broken`),
  },
  groups: { server: 'The server side', agents: 'Agents, by a trial call', browser: 'Your browser' },
  toDo: {
    title: 'What to do',
    nothing: 'Nothing.',
    later: 'Stands here once it is known.',
    jump: 'To what is to be done',
  },
  steps: 'Step by step, in milliseconds',
  matters: 'Why it matters',
  todo: 'Do this',
  evidence: 'What this was concluded from',
  begin: 'Examine now',
  again: 'Examine again',
  allowMic: 'Try the microphone',
  ask: {
    title: 'Why did no agent come?',
    lead: 'Name the room of a call. The doctor looks at what was told of it and gives one reason.',
    label: 'Room',
    button: 'Find out',
    other: 'Another room',
  },
  failed: {
    title: 'The doctor does not answer',
    body: 'The web process did not finish the examination. Is it still running?',
    again: 'Try again',
  },
  stages: {
    request: 'asked',
    assigned: 'assigned',
    joined: 'joined',
    published: 'can be heard',
    ready: 'ready',
    audio: 'first sound',
    synthesized: 'spoken',
    heard: 'understood',
  },
  links: { agents: 'Agents', calls: 'Calls', settings: 'Settings', rules: 'Rules' },

  server: {
    matters: 'Every call goes through it.',
    ok: (url: string, version: string | undefined, took: number) =>
      `${url} answers in ${ms(took)}${version ? `, version ${version}` : ''}.`,
    busy: (url: string) => `${url} answers, and says of itself that it is not healthy (406).`,
    busyTodo: 'Look at its load, and restart it if it stays so.',
    odd: (url: string, status: number) =>
      `What answers at ${url} says ${status}, not as LiveKit does.`,
    oddTodo: 'Set LIVEKIT_URL to the address of the LiveKit server.',
    away: (url: string, why: string) => `${url} does not answer: ${why}.`,
    awayTodo: 'Start it (npm start, or npm run livekit), or set LIVEKIT_URL to where it is.',
  },
  keys: {
    matters: 'Tokens for callers and workers are signed with them.',
    ok: (took: number) => `The server takes what this process signs (${ms(took)}).`,
    secret:
      'The server knows the API key and refuses the signature (401): the secret is another one.',
    secretTodo: 'Set LIVEKIT_API_SECRET to the secret of this key on the server, and restart.',
    key: 'The server does not know the API key (401).',
    keyTodo:
      'Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET to a pair that this server has, and restart.',
    clock: 'The server refuses what is signed here as too old or too new (401): the clocks differ.',
    clockTodo: 'Set the clock of both machines by NTP.',
    other: (detail: string) => `The server answers, but not as asked: ${detail}.`,
    otherTodo: 'Look at the server’s log.',
    away: 'Not tried: the server cannot be reached.',
  },
  clock: {
    matters: 'Tokens hold by the minute: LiveKit takes a difference of 60 s, no more.',
    ok: (by: number) => `The server’s clock differs by ${by <= 1 ? 'at most 1 s' : `${by} s`}.`,
    off: (by: number, ahead: boolean) =>
      `The server’s clock is ${by} s ${ahead ? 'ahead of' : 'behind'} this one.`,
    todo: 'Set the clock of both machines by NTP.',
    unknown: 'The server does not say what time it has.',
  },
  webhooks: {
    matters: 'By them the history, the rules and the watcher know what happens in rooms.',
    ok: (took: number) => `A trial room’s webhook came after ${ms(took)}.`,
    elsewhere: (ago: number) =>
      `The trial’s webhook did not come here. The last one of another room came ${spellAgo(ago)}.`,
    elsewhereTodo:
      'Where several web processes run, look at the one that the server calls; else wait for a retry.',
    none: (waited: number, url: string) =>
      `No webhook came in ${s(waited)}. This process takes them at ${url}.`,
    todo: (url: string) =>
      `Give the LiveKit server the webhook address ${url}, signed with this API key, and see that it can reach it.`,
    unknown: 'Not tried: the server cannot be asked.',
  },
  database: {
    matters: 'Calls go on without it; their history waits on disk until it is back.',
    ok: (where: string, took: number) => `${where} answers a read in ${ms(took)}.`,
    folder: (path: string) => `The folder ${path}`,
    server: (host: string) => `The PostgreSQL server at ${host}`,
    slow: (where: string, took: number) => `${where} took ${ms(took)} for one read.`,
    slowTodo: 'Look at the load of its machine and disk.',
    away: (where: string, why: string) => `${where} cannot be read: ${why}`,
    folderTodo: 'Look whether the folder can be written and its disk has room, then restart.',
    serverTodo: 'See that it runs and that DATABASE_URL leads to it.',
  },
  minutes: {
    matters: 'An agent whose minutes are used up takes no more calls until midnight.',
    seen: (agents: readonly { agent: string; minutes: number; most: number }[]) =>
      agents
        .map(({ agent, minutes, most }) => `${agent} had ${minutes} of ${most} minutes`)
        .join(', ') + '.',
    full: (agents: readonly string[]) =>
      `Raise MINUTES_A_DAY for ${agents.join(', ')} and restart, or wait until midnight.`,
    nearly: 'Raise MINUTES_A_DAY and restart, if calls are to go on for the whole day.',
  },
  ports: {
    matters: 'Each part is found by its port.',
    open: (names: string) => `Something listens on ${names}.`,
    port: (name: string, at: string, took: number) => `${name} ${at} (${ms(took)})`,
    closed: (names: string) => `Nothing listens on ${names}.`,
    todo: (name: string) => `Start ${name}, or correct the setting that leads to it.`,
    names: { web: 'web', livekit: 'LiveKit', speech: 'speech' },
  },
  speech: {
    matters: 'Without it agents neither hear nor speak.',
    /** What is spoken and heard: plain words that small models know. */
    sentence: 'We are open from nine to five every day of the week.',
    ok: (heard: string, right: number, all: number) =>
      `Spoken and heard again: “${heard}” (${right} of ${all} words).`,
    poor: (said: string, heard: string, right: number, all: number) =>
      `“${said}” was heard as “${heard}” (${right} of ${all} words).`,
    poorTodo: 'Look whether the voice and the model of the speech servers fit the language.',
    speakFails: (url: string, why: string) => `Text to speech at ${url} failed: ${why}.`,
    hearFails: (url: string, why: string) => `Speech to text at ${url} failed: ${why}.`,
    silent: (url: string) => `Text to speech at ${url} answered without sound.`,
    todo: (url: string) =>
      `Start the speech server (npm run speech), or correct the address ${url}.`,
    answered: (status: number) => `it answered ${status}`,
    noAnswer: (limit: number) => `no answer in ${s(limit)}`,
    empty: 'nothing',
  },
  agents: {
    matters: 'This is what a caller gets who asks for this agent now.',
    ok: (total: number) => `Took a trial call and was ready after ${ms(total)}.`,
    waits: 'It speaks once somebody is there, so a trial has no first sound.',
    slow: (total: number) => `Took a trial call, but was ready only after ${s(total)}.`,
    slowTodo:
      'Look at the load of the worker’s machine, and whether a process was waiting for the call.',
    full: (jobs: number, places: number) =>
      `All places are taken (${jobs} of ${places}), so no trial was made: it would keep a caller out.`,
    fullTodo: 'Start another worker (npm run agent), or raise AGENT_MAX_JOBS.',
    silentWorker: 'The agent came, but its worker does not report to this process.',
    silentTodo: 'Set CALLBOARD_URL of the worker to this web process.',
    mute: (total: number) =>
      `The agent joined after ${s(total)}, but neither published sound nor said that it is ready.`,
    muteTodo: 'Look at the worker’s log: its session did not start.',
    unknown: 'Not tried: the LiveKit server cannot be asked.',
    left: (room: string) =>
      `The trial room ${room} could not be removed; LiveKit closes it in 20 s.`,
  },
  browser: {
    secure: {
      matters: 'Browsers give the microphone to secure pages only.',
      ok: (origin: string) => `${origin} is a secure page.`,
      fail: (origin: string) => `${origin} is not a secure page.`,
      todo: 'Open the page by https, or on the machine itself as http://localhost.',
    },
    microphone: {
      matters: 'Without it an agent can be written to, but not spoken to.',
      ok: (count: number) =>
        `Allowed; ${count === 1 ? '1 microphone' : `${count} microphones`} found.`,
      ask: 'The browser has not been asked yet, so it cannot be told whether it works.',
      askTodo: 'Press “Try the microphone” and allow it.',
      denied: 'The browser does not let this page use the microphone.',
      deniedTodo:
        'Allow the microphone for this page in the browser’s address bar, then examine again.',
      none: 'No microphone is connected.',
      noneTodo: 'Connect one, or call with text.',
      failed: (why: string) => `The microphone could not be opened: ${why}.`,
      failedTodo: 'Close other programs that use it, then try again.',
    },
    socket: {
      matters: 'The page and the server agree on a call by this connection.',
      ok: (url: string, said: string) => `${url}: ${said}`,
      fail: (url: string, why: string) => `${url}: ${why}`,
      todo: 'See that this address can be reached from here; set LIVEKIT_BROWSER_URL where it is another.',
    },
    media: {
      matters: 'Voices travel this way: by UDP, and by TCP where a network blocks UDP.',
      and: ' and ',
      ok: (ways: string, took: number) =>
        `Connected in ${ms(took)}. ${ways ? `The server offers ${ways}.` : ''}`.trim(),
      fail: (why: string) => `No media connection came about: ${why}`,
      todo: 'Open UDP 50000–60000 and TCP 7881 to the server, or set up TURN on port 443.',
      relay: 'It goes by way of a relay (TURN).',
    },
    noToken: (why: string) => `Not tried: ${why}`,
    noTokenTodo: 'Mend what is broken on the server side first.',
  },
  crashed: (why: string) => `The check itself failed: ${why}.`,
  crashedTodo: 'Look at the log of the web process.',
  late: (limit: number) => `There was no answer in ${s(limit)}.`,
  lateTodo: 'Look at the load of this machine, then examine again.',
} as const;
