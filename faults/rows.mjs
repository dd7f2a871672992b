// The table of faults: what may go wrong, and what must come of it. A row's own tests are those in
// this folder whose titles begin with its number; `covered.mjs` has the tests of rows that stand
// elsewhere. Plain Node, since the table in the README is written by it.

/** @typedef {{ row: number, fault: string, must: string }} Row */

const said = [
  [
    1,
    'A worker is killed in mid-call, there is a second one',
    'another agent goes on within 3 s, never two at once; the call tells of it',
  ],
  [
    2,
    'The same, and there is no other worker',
    'it is started again, and an agent goes on within 20 s',
  ],
  [3, 'Only the process of the job is killed', 'another agent goes on within 5 s'],
  [
    4,
    'Every place of every worker is taken',
    '503 with Retry-After and a place in line; through when one is free',
  ],
  [5, 'All processors are busy with something else', 'calls get their agent within 10 s'],
  [
    6,
    'A process of an agent cannot be made ready',
    'the worker is shown as broken within 15 s, with the real error',
  ],
  [
    7,
    'The agent throws before it is in the room',
    'tried twice more, then the caller is told, within 8 s',
  ],
  [8, 'The agent never connects', 'within 15 s its process is ended and another is sent for'],
  [
    9,
    'The agent throws a second into the call, each time',
    'replaced within 5 s, at most twice, then told',
  ],
  [10, 'The agent hangs in mid-call', 'its process is ended and another goes on within 65 s'],
  [
    11,
    'The agent takes more and more memory',
    'its process alone is ended within 15 s, and another goes on',
  ],
  [
    12,
    'The LiveKit server is killed and started again',
    'caller and one agent are back within 15 s',
  ],
  [13, 'The LiveKit server is gone for good', 'a token is refused with 503 and the cause'],
  [
    14,
    'The LiveKit server is away for 90 s',
    'workers come back by themselves, calls are answered',
  ],
  [
    15,
    'Ctrl-C in mid-call',
    'goodbye is said; within 10 s no process and no port is left; the call is closed',
  ],
  [16, 'All ports are in use', 'the next free ones are taken, one line each says so'],
  [17, 'A worker has a wrong API secret', 'it says so within 5 s of its first refusal'],
  [18, 'The name of a deployment cannot be one', 'refused at the start, with the rule'],
  [19, 'An unknown agent is asked for', '422 with the names there are'],
  [
    20,
    'A known agent, and nobody live on its deployment',
    '409 with those that are; no room is made',
  ],
  [
    21,
    'A deployment of 64 bytes, with `_`, a space, `../x`, an emoji',
    '422 with the rule; 63 bytes pass',
  ],
  [22, 'Metadata of more than 16 KiB', '413'],
  [
    23,
    'Attributes of more than 64 KiB, a room name of 257 bytes or none, an endless agent name',
    '422; no room is made',
  ],
  [
    24,
    'Malformed JSON, a wrong type, `[]`, `null`, a NUL byte, deep nesting',
    '400 as a problem document, without a stack',
  ],
  [25, 'A body of more than 64 KiB, or one that comes slowly', '413; 408 within 12 s'],
  [26, 'GET where POST is meant; text in place of JSON', '405 with Allow; 415'],
  [27, 'Start is clicked twice', 'one room, one agent'],
  [28, 'A token, a rule and the API send the same agent to one room', 'one agent'],
  [29, 'A client names an identity that is there already', 'refused; nobody is put out'],
  [30, 'The same call in two tabs', 'the second says that a call is open; the first goes on'],
  [31, 'A token is used again after its call', 'no second agent is paid for'],
  [32, 'A webhook unsigned, signed by another, or changed', '401; nothing is kept'],
  [33, 'The same webhook several times, also at once', 'counts once; one agent is sent'],
  [
    34,
    'The web process is away for 5 s, or for 40 s',
    'the call is closed: told again, or found out within 15 s',
  ],
  [35, 'Events in the wrong order, or late', 'in order by their time; what is closed stays closed'],
  [36, 'A restarted server tells of a room whose agent is back', 'no second agent'],
  [
    37,
    'The database is locked, or away',
    '503 for lists after 5 s; calls begin all the same, and are written later',
  ],
  [
    38,
    'The disk is full; the database is broken',
    'calls go on, webhooks are sent again; the start refuses with path and advice',
  ],
  [39, 'Another site, or a sandboxed page, asks for a token', '403; no CORS headers'],
  [40, 'Too many tokens or calls of one session', '429 with Retry-After'],
  [41, 'Staging, by somebody who is no developer', '403'],
  [
    42,
    'Fifty callers at once, for two workers of two places',
    'nobody more than there are places; each of those has one agent within 10 s, the others their place in line',
  ],
  [
    43,
    'The browser is killed in mid-call',
    'room, agent and process are gone and the call is closed within 45 s',
  ],
  [44, 'The caller hangs up', 'the same within 2 s'],
  [45, 'Secrets in what browsers load; headers', 'none; all there'],
  [46, 'The doctor, on each cause', 'names it, and blames nothing that is well'],
];

/** @type {readonly Row[]} */
export const rows = said.map(([row, fault, must]) => ({ row, fault, must }));
