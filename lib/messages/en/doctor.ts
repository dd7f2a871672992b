// Messages of the doctor: what a check found, why it matters, and what to do. Verdicts on single calls are in
// `why.ts`.
const ms = (value: number) => `${Math.round(value)} ms`;
const spellAgo = (seconds: number) =>
  seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;

import { seconds as s } from '@/lib/messages/en/format';

/** Titles of the checks. */
export const checkTitles = {
  server: 'LiveKit server',
  keys: 'Keys',
  clock: 'Clocks',
  webhooks: 'Webhooks',
  database: 'Call database',
  envFiles: 'Settings in .env',
  minutes: 'Minutes used today',
  letta: 'What Letta keeps',
  ports: 'Ports',
  proxy: 'Proxy for agents',
  speech: 'Speech round trip',
  answers: {
    model: (name: string) => `Language model ${name}`,
    stt: (name: string) => `Speech to text ${name}`,
    tts: (name: string) => `Text to speech ${name}`,
    mcp: (name: string) => `Tools of ${name}`,
    letta: (_: string) => 'Letta server',
  },
  agent: (agent: string, deployment: string) => `${agent} on ${deployment}`,
  why: 'Why did no agent come?',
  secure: 'Secure page',
  microphone: 'Microphone',
  socket: 'Server connection',
  media: 'Audio connection',
} as const;

export const doctorText = {
  title: 'Doctor',
  lead: 'Tests every part with real calls and requests, and tells you what to fix.',
  states: {
    ok: 'OK',
    warn: 'warning',
    fail: 'broken',
    unknown: 'unknown',
    wait: 'checking',
  },
  everything: 'Check everything',
  testCall: (agent: string) => `Test call to ${agent}`,
  testCallLead:
    'Sends the agent into a room of its own, without a caller, on each of its deployments.',
  callAgain: 'Call again',
  passed: (count: number) => (count === 1 ? '1 check passed' : `${count} checks passed`),
  headline: {
    waiting: 'Not checked yet',
    running: (done: number, all: number) => `Checking: ${done} of ${all}`,
    ok: 'Everything works',
    unknown: 'Everything that could be checked works',
    warn: (count: number) => (count === 1 ? '1 warning' : `${count} warnings`),
    fail: (count: number) => (count === 1 ? '1 part is broken' : `${count} parts are broken`),
  },
  groups: { server: 'Server', agents: 'Agents, by a test call', browser: 'Your browser' },
  toDo: {
    title: 'What to do',
    nothing: 'Nothing.',
    later: 'Checking…',
    jump: 'Show what to do',
  },
  steps: 'Steps in milliseconds',
  matters: 'Why it matters',
  todo: 'Do this',
  evidence: 'Evidence',
  begin: 'Check now',
  again: 'Check again',
  allowMic: 'Test the microphone',
  ask: {
    title: 'Why did no agent come?',
    lead: 'Enter the room of a call. The doctor checks its events and gives one reason.',
    label: 'Room',
    placeholder: 'Name of the room',
    button: 'Find out',
    other: 'Another room',
  },
  failed: {
    title: 'The doctor is not responding',
    body: 'The web process did not finish the checks. Is it still running?',
    again: 'Try again',
  },
  stages: {
    request: 'asked',
    assigned: 'assigned',
    joined: 'joined',
    published: 'can be heard',
    ready: 'ready',
    audio: 'first audio',
    synthesized: 'spoken',
    heard: 'understood',
  },
  links: { agents: 'Agents', calls: 'History', settings: 'Settings', rules: 'Rules' },

  server: {
    matters: 'Every call goes through it.',
    ok: (url: string, version: string | undefined, took: number) =>
      `${url} answers in ${ms(took)}${version ? `, version ${version}` : ''}.`,
    busy: (url: string) => `${url} responds but reports that it is unhealthy (406).`,
    busyTodo: 'Check its load, and restart it if this continues.',
    odd: (url: string, status: number) =>
      `${url} responds with ${status}, unlike a LiveKit server.`,
    oddTodo: 'Set LIVEKIT_URL to the address of the LiveKit server.',
    away: (url: string, why: string) => `${url} is not responding: ${why}.`,
    awayTodo: 'Start it (npm start, or npm run livekit), or set LIVEKIT_URL to its address.',
    proxyTodo: (name: string) =>
      `${name} is set, but requests of this process do not use it: set NODE_USE_ENV_PROXY=1 (Node 24 or newer), and restart.`,
  },
  keys: {
    matters: 'Tokens for callers and workers are signed with them.',
    ok: (took: number) => `The server accepts the keys of this process (${ms(took)}).`,
    secret: 'The server knows the API key but rejects the signature (401): the secret is wrong.',
    secretTodo: 'Set LIVEKIT_API_SECRET to the secret of this key on the server, and restart.',
    key: 'The server does not know the API key (401).',
    keyTodo:
      'Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET to a pair that this server has, and restart.',
    clock: 'The server rejects the signature as too old or too new (401): the clocks differ.',
    clockTodo: 'Set the clock of both machines by NTP.',
    other: (detail: string) => `The server gave an unexpected answer: ${detail}.`,
    otherTodo: 'Check the server’s log.',
    away: 'Not checked: the server is not reachable.',
  },
  clock: {
    matters:
      'LiveKit and Callboard reject each other’s tokens if their clocks differ by more than 60 s.',
    ok: (by: number) => `The server’s clock differs by ${by <= 1 ? 'at most 1 s' : `${by} s`}.`,
    off: (by: number, ahead: boolean) =>
      `The server’s clock is ${by} s ${ahead ? 'ahead of' : 'behind'} this one.`,
    todo: 'Set the clock of both machines by NTP.',
    unknown: 'The server does not report its time.',
  },
  webhooks: {
    matters: 'History, rules and failover depend on webhooks.',
    ok: (took: number) => `The webhook of a test room arrived after ${ms(took)}.`,
    elsewhere: (ago: number) =>
      `The webhook of the test room did not arrive here. The last one of another room arrived ${spellAgo(ago)}.`,
    elsewhereTodo:
      'If several web processes run, check the one that receives webhooks. Otherwise wait for a retry.',
    none: (waited: number, url: string) =>
      `No webhook arrived within ${s(waited)}. This process receives them at ${url}.`,
    todo: (url: string) =>
      `Add the webhook URL ${url} to the LiveKit server, signed with this API key, and check that it can reach it.`,
    refused: {
      clock: (aheadS = 0) =>
        `A webhook was refused (401): the sender’s clock is ${Math.abs(aheadS)} s ${aheadS > 0 ? 'ahead of' : 'behind'} this one.`,
      key: (_?: number) => 'A webhook was refused (401): it is signed with another API key.',
      secret: (_?: number) => 'A webhook was refused (401): it is signed with another secret.',
    },
    refusedTodo: {
      clock: 'Set the clock of both machines by NTP.',
      key: 'Let the LiveKit server sign webhooks with LIVEKIT_API_KEY: `webhook.api_key` in its settings.',
      secret: 'Set LIVEKIT_API_SECRET to the secret of this key on the server, and restart.',
    },
    unknown: 'Not checked: the server is not reachable.',
  },
  database: {
    matters: 'Calls work without it. Their history is kept on disk until it is back.',
    ok: (where: string, took: number) => `${where} answers a read in ${ms(took)}.`,
    folder: (path: string) => `The folder ${path}`,
    server: (host: string) => `The PostgreSQL server at ${host}`,
    slow: (where: string, took: number) => `${where} took ${ms(took)} for one read.`,
    slowTodo: 'Check the load of its machine and disk.',
    away: (where: string, why: string) => `${where} cannot be used: ${why}`,
    folderTodo: 'Check that the folder is writable and its disk has space, then restart.',
    serverTodo: 'Correct this on the server or in DATABASE_URL.',
  },
  envFiles: {
    matters: 'A password or key that is not complete fails elsewhere, with another error.',
    ok: (files: string) => `All values in ${files} are used as they are written.`,
    $: (file: string, name: string) =>
      `${name} in ${file}: the $ in its value was taken for a variable.`,
    '#': (file: string, name: string) =>
      `${name} in ${file}: the value ends at a #, which was taken for a comment.`,
    quotes: (file: string, name: string) =>
      `${name} in ${file}: the quotation mark at the beginning was taken for a part of the value.`,
    todo: 'Put the value into single quotes, and restart.',
  },
  minutes: {
    matters: 'An agent whose minutes are used up takes no more calls until midnight.',
    seen: (agents: readonly { agent: string; minutes: number; most: number }[]) =>
      `${agents.map(({ agent, minutes, most }) => `${agent} had ${minutes} of ${most} minutes`).join(', ')}.`,
    full: (agents: readonly string[]) =>
      `Raise MINUTES_A_DAY for ${agents.join(', ')} and restart, or wait until midnight.`,
    nearly: 'Raise MINUTES_A_DAY and restart, if calls are to go on for the whole day.',
  },
  letta: {
    matters:
      'What callers said must be gone when their data is deleted, and Letta cannot delete its copies of requests to models.',
    ok: 'Letta keeps no copies of the requests to models.',
    traces: 'Letta keeps a copy of each request to a model, with the conversation so far.',
    todo: 'Set LETTA_TRACK_PROVIDER_TRACE=false for the Letta server, restart it, and delete the rows of its table provider_traces.',
    none: 'No agent of Letta has answered yet.',
    away: (status: number | undefined) =>
      status ? `Letta answers with status ${status}.` : 'Letta does not answer.',
    awayTodo: 'Check that it is running, and LETTA_URL and LETTA_API_KEY.',
  },
  proxy: {
    matters: 'Agents and test callers connect to the LiveKit server through it.',
    ok: (name: string, host: string, took: number) =>
      `The proxy of ${name} connects agents to ${host} (${ms(took)}).`,
    refused: (name: string, host: string, status: number) =>
      `The proxy of ${name} does not connect agents to ${host}: it answers ${status}.`,
    away: (name: string, host: string, why: string) =>
      `Agents use the proxy of ${name} for ${host}, and it does not answer: ${why}.`,
    todo: (name: string, host: string) =>
      `If ${host} can be reached without the proxy, add it to NO_PROXY. Otherwise correct ${name}. Then restart.`,
  },
  models: {
    matters: 'Without it, agents go on with the next model or without tools, or apologize.',
    ok: (took: number) => `It answers in ${ms(took)}.`,
    cost: 'The check costs one request of about 80 tokens.',
    free: 'The check costs no tokens.',
    causes: {
      key: 'It refuses the key, or needs one',
      model: 'It does not know the model or refuses the request',
      credit: 'The account has no credit, or is over its limit',
      unreachable: 'It cannot be reached',
      tls: 'No secure connection: its certificate is not trusted, or its URL has http instead of https or the reverse',
      late: 'It did not answer in time',
      foreign: 'Something else answers at this address',
      other: 'It fails',
    },
    todo: {
      key: (settings: string) => `Set or correct the key, and restart: ${settings}.`,
      model: (settings: string) =>
        `Use a model that the server knows and the key may use, and restart: ${settings}.`,
      credit: (_: string) => 'Add credit or raise the limit at the provider.',
      unreachable: (settings: string) =>
        `Check that it is running and that this machine can reach it: ${settings}.`,
      tls: (settings: string) =>
        `Install a certificate that this machine trusts (NODE_EXTRA_CA_CERTS for one of your own), or correct http or https in the URL: ${settings}.`,
      late: (_: string) => 'Check its load. Callers hear the next model after 4 s.',
      foreign: (settings: string, path?: '/v1' | '/mcp') => {
        const end = path ? `, usually with ${path} at its end` : '';
        const only = path === '/mcp' ? ' It must be of Streamable HTTP, not of SSE.' : '';
        return `Correct the URL${end}, and restart: ${settings}.${only} If it is right, a proxy or the network's sign-in page answers.`;
      },
      other: (settings: string) => `Check the log of the server, and: ${settings}.`,
    },
  },
  ports: {
    matters: 'The parts reach each other through these ports.',
    open: (names: string) => `Something listens on ${names}.`,
    port: (name: string, at: string, took: number) => `${name} ${at} (${ms(took)})`,
    closed: (names: string) => `Nothing listens on ${names}.`,
    todo: (name: string) => `Start ${name}, or correct its address in the settings.`,
    names: { web: 'web', livekit: 'LiveKit', speech: 'speech' },
  },
  speech: {
    matters: 'Without it, agents can neither hear nor speak.',
    /** Spoken and transcribed by the check: plain words that small models know. */
    sentence: 'We are open from nine to five every day of the week.',
    ok: (heard: string, right: number, all: number) =>
      `Spoken and heard again: “${heard}” (${right} of ${all} words).`,
    poor: (said: string, heard: string, right: number, all: number) =>
      `“${said}” was heard as “${heard}” (${right} of ${all} words).`,
    poorTodo: 'Check that the voice and the model of the speech servers fit the language.',
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
    matters: 'A caller of this agent gets the same result now.',
    ok: (total: number) => `Answered a test call after ${ms(total)}.`,
    waits: 'It speaks once a caller has joined, so a test call has no first audio.',
    slow: (total: number) => `Answered a test call, but only after ${s(total)}.`,
    slowTodo:
      'Check the load of the worker’s machine, and whether a process was ready for the call.',
    full: (jobs: number, places: number) =>
      `At capacity (${jobs} of ${places} calls). No test call was made, to leave room for callers.`,
    fullTodo: 'Start another worker (npm run agent), or raise AGENT_MAX_JOBS.',
    silentWorker: 'The agent joined, but its worker does not report to this process.',
    silentTodo: 'Set CALLBOARD_URL of the worker to this web process.',
    mute: (total: number) =>
      `The agent joined after ${s(total)}, but published no audio and did not report ready.`,
    muteTodo: 'Check the worker’s log: its session did not start.',
    unknown: 'Not checked: the LiveKit server is not reachable.',
    left: (room: string) =>
      `The test room ${room} could not be removed. LiveKit closes it in 20 s.`,
  },
  browser: {
    secure: {
      matters: 'Browsers give the microphone to secure pages only.',
      ok: (origin: string) => `${origin} is a secure page.`,
      fail: (origin: string) => `${origin} is not a secure page.`,
      todo: 'Open the page by https, or on the machine itself as http://localhost.',
    },
    microphone: {
      matters: 'Without it, you can type to an agent but not talk to it.',
      ok: (count: number) =>
        `Allowed; ${count === 1 ? '1 microphone' : `${count} microphones`} found.`,
      ask: 'The microphone has not been allowed yet, so it was not checked.',
      askTodo: 'Press “Test the microphone” and allow it.',
      denied: 'The browser does not let this page use the microphone.',
      deniedTodo:
        'Allow the microphone for this page in the browser’s address bar, then check again.',
      withheldTodo:
        'Allow it in the Permissions-Policy that a proxy may add, and in the settings of the browser.',
      none: 'No microphone is connected.',
      noneTodo: 'Connect one, or type to the agent.',
      failed: (why: string) => `The microphone could not be opened: ${why}.`,
      failedTodo: 'Close other programs that use it, then try again.',
    },
    socket: {
      matters: 'The browser sets up calls through this connection.',
      ok: (url: string, said: string) => `${url}: ${said}`,
      fail: (url: string, why: string) => `${url}: ${why}`,
      todo: 'Check that this address is reachable from here. If browsers need another address, set LIVEKIT_BROWSER_URL.',
    },
    media: {
      matters: 'Audio goes through UDP, or TCP where a network blocks UDP.',
      and: ' and ',
      ok: (ways: string, took: number) =>
        `Connected in ${ms(took)}. ${ways ? `The server offers ${ways}.` : ''}`.trim(),
      fail: (why: string) => `No audio connection: ${why}`,
      todo: 'Open UDP 50000–60000 and TCP 7881 to the server, or set up TURN on port 443.',
      nearTodo:
        'Try another browser: an extension or a policy of this one may block WebRTC, which needs no open port on this machine.',
      networkTodo:
        'Calls need a network address, also on one machine, and the LiveKit server found none when it started. Connect this machine to a network, and start Callboard again.',
      relay: 'It goes through a relay (TURN).',
    },
    noToken: (why: string) => `Not checked: ${why}`,
    noTokenTodo: 'Fix the server problems first.',
  },
  crashed: (why: string) => `The check itself failed: ${why}.`,
  crashedTodo: 'Check the log of the web process.',
  late: (limit: number) => `No answer within ${s(limit)}.`,
  lateTodo: 'Check the load of this machine, then check again.',
} as const;
