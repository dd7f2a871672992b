// Rooms and the agents in them from the command line: `npm run dispatch -- list|create|delete|…`.
// Talks to the web process, so that it does what the HTTP API does, with the same checks. Exit code 1
// when it was refused, 2 when it was asked wrongly.
import { runCommands } from './lib/command-line.mjs';
import { COMMANDS } from './lib/dispatch-commands.mjs';

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
  --empty-timeout N, --departure-timeout N   seconds that open's room stays without people
  --max-participants N
  --reason TEXT        shown to everyone in the room
  --json               the API's answer as it is, for scripts
  --help

CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
In scripts: npm run --silent dispatch -- list ROOM --json
`;

await runCommands(COMMANDS, USAGE);
