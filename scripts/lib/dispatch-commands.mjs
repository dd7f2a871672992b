// The commands of scripts/dispatch.mjs: of each its arguments and options, the request to the HTTP API
// that it is, and what a person is shown of the answer.
import { table } from './table.mjs';

const text = { type: 'string' };
/** Options of every command that sends an agent. */
const AGENT = { deployment: text, metadata: text, force: { type: 'boolean' } };

const dispatchesOf = (room) => `/api/rooms/${encodeURIComponent(room)}/dispatches`;
/** Times to the second. */
const time = (iso) => iso?.replace(/\.\d+Z$/, 'Z');
const list = (title, rows, empty) => (rows.length > 0 ? table(title, rows) : empty);

function number(name, value) {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new TypeError(`--${name} takes a number`);
}

/** By name. A `request` may throw a TypeError that says what is wrong with what was typed. */
export const COMMANDS = {
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
    options: {
      ...AGENT,
      agent: { type: 'string', multiple: true },
      'empty-timeout': text,
      'departure-timeout': text,
      'max-participants': text,
    },
    request: ([room], { agent = [], deployment, metadata, force, ...limits }) => ({
      method: 'POST',
      path: '/api/rooms',
      body: {
        room,
        agents: agent.map((name) => ({ agent: name, deployment, metadata })),
        empty_timeout: number('empty-timeout', limits['empty-timeout']),
        departure_timeout: number('departure-timeout', limits['departure-timeout']),
        max_participants: number('max-participants', limits['max-participants']),
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
      const columns = [
        'DISPATCH',
        'AGENT',
        'DEPLOYMENT',
        'STATE',
        'WORKER',
        'STARTED',
        'ENDED',
        'ERROR',
        'METADATA',
      ];
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
