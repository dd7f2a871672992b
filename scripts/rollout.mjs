// Roll-outs from the command line: `npm run rollout -- status|start|next|stop|promote AGENT`. Talks to the web
// process, so that it does what the page does, with the same checks.
import { runCommands } from './lib/command-line.mjs';
import { COMMANDS } from './lib/rollout-commands.mjs';

const USAGE = `Usage: npm run rollout -- COMMAND AGENT [options]

  status AGENT         how its roll-out stands, its versions side by side, and who did what
  start AGENT          give some of its callers to staging
  next AGENT           take the next step: more of them
  stop AGENT           give all callers back to production
  promote AGENT        give all callers to staging until production runs its version
  override AGENT       start although its rehearsals failed, for a --reason

  --deployment NAME    that gets callers; left out, the agent's first that is not production
  --steps LIST         percent of callers, rising: 5,25,50,100
  --error-points N     it returns where N more of 100 calls go wrong than on production: 5
  --answer-ms N        or where answers come N milliseconds later: 300
  --reason TEXT        why, for the history; not of status
  --json               the API's answer as it is, for scripts
  --help

CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
In scripts: npm run --silent rollout -- status AGENT --json
`;

await runCommands(COMMANDS, USAGE);
