// Messages of the production checklist: what was found, why it matters, and what to do.
const hours = (value: number) =>
  value < 48 ? `${Math.round(value)} h` : `${Math.round(value / 24)} days`;

/** Titles of the checks. */
export const productionTitles = {
  keys: 'Keys of the LiveKit server',
  address: 'Address of the LiveKit server for browsers',
  callers: 'Addresses of callers',
  webhooks: 'Webhooks of real calls',
  turn: 'Sound through firewalls (TURN)',
  workers: 'Workers of every agent',
  database: 'PostgreSQL',
  webs: 'Web processes',
  retention: 'How long things are kept',
} as const;

export const productionText = {
  keys: {
    ok: 'The secret is long and not publicly known.',
    published: 'The key or the secret comes from documentation.',
    plain: 'The secret repeats a pattern and can be guessed.',
    matters: 'Anyone who knows them can join and end every call.',
    todo: 'Create new ones (openssl rand -base64 32) for the server, web and workers.',
  },
  address: {
    ok: (url: string) => `Browsers connect to ${url}, encrypted.`,
    near: (url: string) => `Browsers are sent to ${url}, which is each visitor's own machine.`,
    open: (url: string) => `Browsers are sent to ${url}, which is not encrypted.`,
    matters: 'A page served over TLS cannot connect without it, and calls could be intercepted.',
    todo: 'Set LIVEKIT_BROWSER_URL to the wss:// address of the LiveKit server.',
  },
  callers: {
    ok: (proxies: number) => `TRUST_PROXY is ${proxies}: proxies report the addresses of callers.`,
    direct: 'Callers connect without a proxy.',
    hidden:
      'Callers come through a proxy, and TRUST_PROXY is not set, so they all have its address.',
    matters:
      'Calls and sign-ins are limited by address. Until it is known, nobody can call without signing in.',
    todo: 'Set TRUST_PROXY to the number of proxies in front that append the client address to X-Forwarded-For.',
  },
  webhooks: {
    ok: (ago: number) => `The last webhook of a call arrived ${hours(ago)} ago.`,
    old: (ago: number) => `The last webhook of a call arrived ${hours(ago)} ago.`,
    none: 'No webhook of a real call has arrived yet.',
    matters: 'They report who is in which call, and trigger the replacement of lost agents.',
    todo: 'Make a call. If this stays, add CALLBOARD_URL/api/webhooks/livekit to the webhooks of the LiveKit server.',
  },
  turn: {
    cloud: 'LiveKit Cloud has TURN over TLS on port 443.',
    unknown: 'It cannot be checked from here whether callers behind firewalls can connect.',
    matters: 'Some callers are in networks that allow only TLS.',
    todo: 'Turn on turn.tls_port in the LiveKit configuration, then open Doctor in a browser outside: "Audio connection" shows what works.',
  },
  workers: {
    ok: (count: number) => `Every agent has a live worker on each deployment; at least ${count}.`,
    missing: (which: string) => `No live worker: ${which}.`,
    single: (which: string) => `Only one live worker: ${which}.`,
    matters: 'If one is lost, another one continues its calls.',
    todo: 'Start more workers: at least two for production, and one for each other deployment.',
  },
  database: {
    ok: (host: string) => `Calls are stored in PostgreSQL on ${host}.`,
    folder: 'Calls are stored in a folder.',
    away: (why: string) => `PostgreSQL does not answer: ${why}`,
    matters: 'Only a server can be shared by several web processes and backed up while in use.',
    todo: 'Set DATABASE_URL to a PostgreSQL server that answers.',
  },
  webs: {
    ok: (count: number) => `${count} web processes share the work.`,
    single: 'There is only one web process.',
    unknown: 'Without PostgreSQL there can be only one.',
    matters: 'While it restarts, nobody can start a call.',
    todo: 'Start a second one with the same DATABASE_URL, behind a load balancer.',
  },
  retention: {
    ok: (calls: number, recordings: number) =>
      `Calls are deleted after ${calls} days, recordings after ${recordings}.`,
    forever: (what: string) => `Kept forever: ${what}.`,
    calls: 'calls',
    recordings: 'recordings',
    matters: 'Most privacy laws require data of callers to be deleted when it is no longer needed.',
    todo: 'Set CALLS_KEEP_DAYS and RECORDINGS_KEEP_DAYS to a number of days.',
  },
} as const;
