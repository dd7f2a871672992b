// `npm run doctor`: the examination of `/doctor` on the command line. It asks the web process, which has
// the settings and hears the workers; where that does not run, it says so and looks at what it can.
// Exit code 0 where nothing is broken, 1 where something is, 2 when it was asked wrongly.
import { parseArgs } from 'node:util';
import { examineAlone } from './lib/doctor-alone.mjs';
import { readLines } from './lib/doctor-lines.mjs';
import { examineOutside, worstOf } from './lib/doctor-outside.mjs';
import { findingLines, summary } from './lib/doctor-show.mjs';
import { loadEnv } from './lib/environment.mjs';
import { askWeb, webAddress } from './lib/web-api.mjs';

const USAGE = `Usage: npm run doctor -- [options]

  Tries every part for real: the LiveKit server, its keys, clock and webhooks, the database, the ports,
  speech, and each agent by a trial call.

  --room NAME   why did no agent come to this room?
  --production  the checklist for a Callboard that others reach, instead
  --url URL     with it: the address as callers have it, which is then tried too
  --json        the API's answer as it is, for scripts
  --help

Exit code 0: nothing is broken. 1: something is. 2: asked wrongly.
CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
In scripts: npm run --silent doctor -- --json
`;

const write = (text) => process.stdout.write(`${text}\n`);

function asked() {
  try {
    const options = {
      room: { type: 'string' },
      production: { type: 'boolean', default: false },
      url: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    };
    const { values } = parseArgs({ options, allowPositionals: false });
    if (values.url !== undefined && !URL.canParse(values.url)) {
      throw new TypeError('--url takes an address such as https://callboard.example.com');
    }
    if (values.room === '') throw new TypeError('--room takes the name of a room');
    return values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message.split('. ')[0]}.\n\n${USAGE}`);
    return process.exit(2);
  }
}

/** Asks the web process; resolves with the report, shown as it comes unless JSON is wanted. */
async function examine(base, { room, json, production, url }) {
  if (room !== undefined) {
    const report = await askWeb(base, { path: `/api/doctor?room=${encodeURIComponent(room)}` });
    if (!json) for (const one of report.findings) write(findingLines(one, { evidence: true }));
    return report;
  }
  const findings = [];
  const found = (one) => {
    findings.push(one);
    if (!json) write(findingLines(one));
  };
  const path = production ? '/api/doctor?production' : '/api/doctor';
  const end = await readLines(base, found, path);
  if (production) for (const one of await examineOutside(url)) found(one);
  return { ...end, state: worstOf(findings), findings };
}

const options = asked();
if (options.help) {
  write(USAGE);
} else {
  const env = await loadEnv().catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write('The packages are not installed. Run npm install first.\n');
    return process.exit(1);
  });
  let report;
  try {
    report = await examine(webAddress(env), options);
  } catch (error) {
    report = await examineAlone(env, error.message);
    if (!options.json) for (const one of report.findings) write(findingLines(one));
  }
  write(options.json ? JSON.stringify(report, null, 2) : summary(report));
  process.exitCode = report.state === 'fail' ? 1 : 0;
}
