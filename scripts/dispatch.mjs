// Rooms and their agents from the command line: `npm run dispatch -- list|create|delete|…`. Uses the HTTP API of the web
// process, with the same checks. Exit code 1 if a request fails, 2 if arguments are invalid.
import { runCommands } from './lib/command-line.mjs';
import { table } from './lib/table.mjs';

const USAGE = `Usage: npm run dispatch -- COMMAND [options]

  agents               list agents, and which deployments have a live worker
  rooms                list live rooms and their participants
  open [ROOM]          create a room, with an agent for each --agent
  end ROOM             end a room for everyone, with the --reason
  list ROOM            list a room's dispatches and their state
  create ROOM          dispatch an agent to a room, which is created if missing
  delete ROOM ID       delete a dispatch: its agent leaves, the room stays

  --agent NAME         agent name; by default, create uses the first of the catalogue
  --deployment NAME    default: production
  --metadata TEXT      dispatch metadata for the agent
  --force              dispatch even if no worker is live
  --reason TEXT        shown to everyone in the room
  --json               print the API's response unchanged, for scripts
  --help

CALLBOARD_URL is the URL of Callboard; by default it is derived from HOST and PORT.
In scripts: npm run --silent dispatch -- list ROOM --json
`;

const text = { type: 'string' };
/** Options of all commands that dispatch an agent. */
const AGENT = { deployment: text, metadata: text, force: { type: 'boolean' } };

const dispatchesOf = (room) => `/api/rooms/${encodeURIComponent(room)}/dispatches`;
/** ISO 8601 in whole seconds. */
const time = (iso) => iso?.replace(/\.\d+Z$/, 'Z');
const list = (title, rows, empty) => (rows.length > 0 ? table(title, rows) : empty);

/** Commands by name. A `request` may throw a TypeError about invalid arguments. */
const COMMANDS = {
  agents: {
    request: () => ({ path: '/api/agents' }),
    show: ({ agents }) =>
      table(
        ['AGENT', 'DEPLOYMENT', 'LIVE', 'CALLS', 'PROBLEM'],
        agents.flatMap(({ name, deployments }) =>
          deployments.map((one) => [
            name,
            one.name,
            one.live ? 'yes' : 'no',
            one.live ? `${one.activeJobs} of ${one.maxJobs}` : '',
            one.problem,
          ]),
        ),
      ),
  },
  rooms: {
    request: () => ({ path: '/api/rooms' }),
    show: ({ rooms, total }) => {
      const rows = rooms.map(({ name, participants, agents, created_at }) => [
        name,
        participants.map((one) => one.name || one.identity).join(', '),
        agents.map(({ agent, deployment }) => `${agent} (${deployment ?? '?'})`).join(', '),
        time(created_at),
      ]);
      const shown = list(['ROOM', 'PEOPLE', 'AGENTS', 'CREATED'], rows, 'No room is live.');
      return total > rooms.length ? `${shown}\n… and ${total - rooms.length} more` : shown;
    },
  },
  open: {
    optional: ['ROOM'],
    options: { ...AGENT, agent: { type: 'string', multiple: true } },
    request: ([room], { agent = [], deployment, metadata, force }) => ({
      method: 'POST',
      path: '/api/rooms',
      body: {
        room,
        agents: agent.map((name) => ({ agent: name, deployment, metadata })),
        force,
      },
    }),
    show: ({ room, agents }) =>
      [
        `${room} is open.`,
        ...agents.map(
          (sent) => `${sent.agent} (${sent.deployment}) was sent into it: ${sent.dispatch_id}`,
        ),
      ].join('\n'),
  },
  end: {
    required: ['ROOM'],
    options: { reason: text },
    request: ([room], { reason }) => ({
      method: 'DELETE',
      path: `/api/rooms/${encodeURIComponent(room)}${reason ? `?reason=${encodeURIComponent(reason)}` : ''}`,
    }),
    show: (_, [room]) => `${room} has ended for everyone.`,
  },
  list: {
    required: ['ROOM'],
    request: ([room]) => ({ path: dispatchesOf(room) }),
    show: ({ dispatches }) => {
      const rows = dispatches.flatMap(({ dispatch_id, agent, deployment, metadata, jobs }) =>
        (jobs.length > 0 ? jobs : [{ state: 'no job' }]).map((job) => [
          dispatch_id,
          agent,
          deployment,
          job.state,
          job.worker ?? job.worker_id,
          time(job.started_at),
          time(job.ended_at),
          job.error,
          metadata,
        ]),
      );
      const columns = 'DISPATCH AGENT DEPLOYMENT STATE WORKER STARTED ENDED ERROR METADATA'.split(
        ' ',
      );
      return list(columns, rows, 'No agent was sent into this room.');
    },
  },
  create: {
    required: ['ROOM'],
    options: { ...AGENT, agent: text },
    request: ([room], body) => ({
      method: 'POST',
      path: '/api/dispatch-agent',
      body: { room, ...body },
    }),
    show: ({ message, dispatch_id }) => `${message}${dispatch_id ? ` ${dispatch_id}` : ''}`,
  },
  delete: {
    required: ['ROOM', 'ID'],
    request: ([room, id]) => ({
      method: 'DELETE',
      path: `${dispatchesOf(room)}/${encodeURIComponent(id)}`,
    }),
    show: (_, [, id]) => `${id} was deleted; its agent leaves.`,
  },
};

await runCommands(COMMANDS, USAGE);
