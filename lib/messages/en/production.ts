// Messages of the production checklist: what was found, why it matters, and what to do.
const hours = (value: number) =>
  value < 48 ? `${Math.round(value)} h` : `${Math.round(value / 24)} days`;

/** Names of what is checked. */
export const productionTitles = {
  keys: 'Keys of the LiveKit server',
  address: 'Address of the LiveKit server for browsers',
  webhooks: 'Webhooks of real calls',
  turn: 'Sound through firewalls (TURN)',
  workers: 'Workers of every agent',
  database: 'PostgreSQL',
  webs: 'Web processes',
  retention: 'How long things are kept',
} as const;

export const productionText = {
  keys: {
    ok: 'The secret is long, and none that is published.',
    published: 'The key or the secret is one that stands in documentation.',
    plain: 'The secret repeats itself: it can be guessed.',
    matters: 'Whoever knows them can join every call and end it.',
    todo: 'Make new ones (openssl rand -base64 32), for the server, web and workers alike.',
  },
  address: {
    ok: (url: string) => `Browsers connect to ${url}, encrypted.`,
    near: (url: string) => `Browsers are sent to ${url}, which is each visitor's own machine.`,
    open: (url: string) => `Browsers are sent to ${url}, which is not encrypted.`,
    matters:
      'A page with TLS cannot connect elsewhere, and what is said could be heard on the way.',
    todo: 'Set LIVEKIT_BROWSER_URL to the wss:// address of the LiveKit server.',
  },
  webhooks: {
    ok: (ago: number) => `The last one of a call came ${hours(ago)} ago.`,
    old: (ago: number) => `The last one of a call came ${hours(ago)} ago.`,
    none: 'None of a real call ever came.',
    matters: 'By them it is known who is in which call; an agent that is lost is replaced by them.',
    todo: 'Make a call. If this stays, add CALLBOARD_URL/api/webhooks/livekit to the webhooks of the LiveKit server.',
  },
  turn: {
    cloud: 'LiveKit Cloud has TURN over TLS on port 443.',
    unknown: 'From here it cannot be seen whether callers behind firewalls come through.',
    matters: 'Some callers sit behind networks that let only TLS through.',
    todo: 'Turn on turn.tls_port in the LiveKit configuration, then open Doctor in a browser outside: "Audio connection" shows what works.',
  },
  workers: {
    ok: (count: number) =>
      `Every agent has a live worker on each deployment; ${count} at the least.`,
    missing: (which: string) => `No live worker: ${which}.`,
    single: (which: string) => `Only one live worker: ${which}.`,
    matters: 'Where one is lost, another one goes on with its calls.',
    todo: 'Start more workers: two of production at the least, one of each other deployment.',
  },
  database: {
    ok: (host: string) => `The calls are kept by PostgreSQL on ${host}.`,
    folder: 'The calls are kept in a folder.',
    away: (why: string) => `PostgreSQL does not answer: ${why}`,
    matters: 'Only a server can be used by several web processes, and backed up while it is.',
    todo: 'Set DATABASE_URL to a PostgreSQL server that answers.',
  },
  webs: {
    ok: (count: number) => `${count} web processes share the work.`,
    single: 'There is one web process.',
    unknown: 'Without PostgreSQL there can be only one.',
    matters: 'While the only one is restarted, nobody can begin a call.',
    todo: 'Start a second one with the same DATABASE_URL, and a balancer before them.',
  },
  retention: {
    ok: (calls: number, recordings: number) =>
      `Calls are deleted after ${calls} days, recordings after ${recordings}.`,
    forever: (what: string) => `Kept for ever: ${what}.`,
    calls: 'calls',
    recordings: 'recordings',
    matters: 'What people said is theirs: most laws want it deleted when it is no longer needed.',
    todo: 'Set CALLS_KEEP_DAYS and RECORDINGS_KEEP_DAYS to a number of days.',
  },
} as const;
