// Rooms and the agents in them from the command line: `npm run dispatch -- list|create|delete|…`.
// Talks to the web process, so that it does what the HTTP API does, with the same checks. Exit code 1
// when it was refused, 2 when it was asked wrongly.
import { runCommands } from './lib/command-line.mjs';
import { table } from './lib/table.mjs';

const USAGE = `Usage: npm run dispatch -- COMMAND [options]

  agents               agents, and which deployments have a live worker
  rooms                live rooms, and who is in them
  open [ROOM]          make a room, with an agent for each --agent
  end ROOM             end a room for everyone, told the --reason
  list ROOM            agents sent into a room, and how each is
  create ROOM          send an agent into a room, which is made if missing
  delete ROOM ID       make one agent leave; room and people stay

  --agent NAME         agent name; left out, create sends the first of the catalogue
  --deployment NAME    left out, production
  --metadata TEXT      what the agent is told
  --force              send it also where no worker is live
  --reason TEXT        shown to everyone in the room
  --json               the API's answer as it is, for scripts
  --help

CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
In scripts: npm run --silent dispatch -- list ROOM --json
`;

const text = { type: 'string' };
/** Options of every command that sends an agent. */
const AGENT = { deployment: text, metadata: text, force: { type: 'boolean' } };

const dispatchesOf = (room) => `/api/rooms/${encodeURIComponent(room)}/dispatches`;
/** Times to the second. */
const time = (iso) => iso?.replace(/\.\d+Z$/, 'Z');
const list = (title, rows, empty) => (rows.length > 0 ? table(title, rows) : empty);

/** By name. A `request` may throw a TypeError that says what is wrong with what was typed. */
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
    show: (_, [, id]) => `${id} is deleted; its agent leaves.`,
  },
};

await runCommands(COMMANDS, USAGE);
