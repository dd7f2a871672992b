// Uploads of LiveKit's framework, from requests on a socket to the pages of calls: what is stored, who is refused, and what
// a hostile sender leaves behind.
import { createHash } from 'node:crypto';
import fs, { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
  vi,
} from 'vitest';
import { makeEvent } from '@/lib/calls/delivery/event-writer';
import type { EventData } from '@/lib/calls/event';
import { deleteCall, listCalls, readTimeline, storeEvents } from '@/lib/calls/store/store';
import { recordingsOf } from '@/lib/calls/view/recordings';
import { Problem } from '@/lib/core/problem';
import { encodeOtlp } from '@/lib/insights/otlp';
import { MESSAGE_MAX_BYTES } from '@/lib/insights/receive';
import { AUDIO_MAX_BYTES } from '@/lib/insights/recording';
import { Spool } from '@/lib/insights/spool';
import {
  authorization,
  conversation,
  failedSpan,
  formOf,
  joinedCall,
  logsOf,
  oggOf,
  sendForm,
  sendOtlp,
  spanOf,
  type TestSession,
  tracesOf,
} from '@/lib/insights/testing/uploads';
import { server } from '@/lib/server';
import { allRows } from '@/lib/testing/all-rows';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer, newServer } from '@/lib/testing/server';

const NOW = () => Date.now();
let place: TestDatabase;
let web: TestServer;
const log: string[] = [];

beforeAll(async () => {
  for (const name of ['error', 'warn', 'info', 'log'] as const) {
    vi.spyOn(console, name).mockImplementation((...said) => void log.push(said.join(' ')));
  }
  place = await testDatabase();
  web = await serveRoutes({
    '/observability/recordings/v0': await import('@/app/observability/recordings/v0/route'),
    '/observability/[signal]/otlp/v0': await import('@/app/observability/[signal]/otlp/v0/route'),
  });
});
let stop: () => Promise<void> = async () => {};
beforeEach(async () => {
  await storeOn(place);
  stop = server().uploads.spool.start();
});
afterEach(async () => {
  await stop();
  await endServer();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await web?.close();
  await place?.remove();
  vi.restoreAllMocks();
});

/** The server with other settings. */
async function withSettings(env: Readonly<Record<string, string>>): Promise<void> {
  await stop();
  await newServer(env);
  stop = server().uploads.spool.start();
}

let count = 0;
/** A call that an agent of another worker has joined. */
async function newCall(agent = 'pia', deployment = 'staging', events: readonly EventData[] = []) {
  count += 1;
  const session: TestSession = { room: `RM_${count}x`, job: `AJ_${count}y`, agent };
  const call = `c-${count}`;
  const where = { room: `room-${count}`, call, at: NOW() - 30_000 };
  const reported = events.flatMap((event) => {
    const what = event.kind === 'job_assigned' ? { ...event, job: session.job } : event;
    return makeEvent({ ...where, roomSid: session.room, source: 'worker:w-1' }, what) ?? [];
  });
  const made = [...joinedCall(session, { ...where, deployment }), ...reported];
  await storeEvents(server(), made);
  return { call, session };
}
const timeline = async (call: string) => (await readTimeline(server(), call)) ?? expect.fail();
const spooled = () => {
  const { folder } = server().uploads.spool;
  return existsSync(folder) ? readdirSync(folder) : [];
};
const recordings = () => {
  const folder = join(place.folder, 'recordings');
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
};
/** Takes the database away. @returns a function that brings it back */
function databaseAway() {
  const { database } = server();
  const before = database.current;
  const opening = Promise.reject(new Problem('database-unavailable', 'away'));
  opening.catch(() => {});
  database.current = { opening };
  return () => {
    database.current = before;
  };
}
const report = (words?: string) => ({ items: conversation(NOW() / 1_000 - 20, words) });

describe('a session', () => {
  it('is on the page of its call', async () => {
    const { call, session } = await newCall();
    const ended = NOW();
    const sent = {
      ...report(),
      tags: ['from:test'],
      usage: [{ type: 'llm_usage', provider: 'p', model: 'gpt', inputTokens: 5, outputTokens: 2 }],
      outcome: { outcome: 'fail', reason: 'Nobody was there.' },
    };
    // Node's logs name neither the agent's deployment nor, before the report, the agent.
    expect((await sendOtlp(web.url, 'logs', logsOf(session, sent, ended))).status).toBe(200);
    const { call: summary, marks } = await timeline(call);
    expect(summary).toMatchObject({
      ...{ turns: 4, outcome: 'fail', topic: 'When are you open?', answerMs: [1_500] },
      ...{ agents: ['pia'], deployments: ['staging'], caller: 'Ann' },
      answeredAt: expect.any(Number),
    });
    expect(
      marks.flatMap((mark) => (mark.kind === 'turn' ? [`${mark.by}: ${mark.text}`] : [])),
    ).toEqual([
      'pia: Hello, this is Pia.',
      'Ann: When are you open?',
      'pia: From nine to five.',
      'Ann: thanks',
    ]);
    const events = marks.flatMap((mark) => (mark.kind === 'event' ? [mark.what] : []));
    const on = { agent: 'pia', deployment: 'staging' };
    expect(events).toContainEqual(expect.objectContaining({ kind: 'usage', ...on }));
    expect(events).toContainEqual(expect.objectContaining({ kind: 'agent_config', ...on }));
    expect(JSON.stringify(marks)).not.toContain('You are Pia');
    const found = await listCalls(server(), {
      text: '"nine to five"',
      agent: 'pia',
      outcome: 'fail',
    });
    expect(found.calls.map(({ id }) => id)).toEqual([call]);
    expect(spooled()).toEqual([]);
  });

  it('is stored once, however often it is sent', async () => {
    const { call, session } = await newCall();
    const message = logsOf(session, report(), NOW());
    await sendOtlp(web.url, 'logs', message);
    const before = await timeline(call);
    await sendOtlp(web.url, 'logs', message);
    const form = formOf({ roomId: session.room, jobId: session.job }, { items: report().items });
    expect((await sendForm(web.url, form)).status).toBe(200);
    expect((await timeline(call)).marks.map(({ id }) => id)).toEqual(
      before.marks.map(({ id }) => id),
    );
  });

  it('is not told again if our own worker reports it', async () => {
    const [agent, deployment] = ['ada', 'production'];
    const assigned = { kind: 'job_assigned', job: '', worker: 'w-1', agent, deployment } as const;
    const { call, session } = await newCall(agent, deployment, [assigned]);
    const before = await timeline(call);
    const sent = { ...report(), tags: ['from:test'] };
    await sendOtlp(web.url, 'logs', logsOf(session, sent, NOW()));
    const { marks } = await timeline(call);
    expect(marks.filter(({ kind }) => kind !== 'event')).toEqual([]);
    // What only the framework knows is there.
    expect(marks.length).toBe(before.marks.length + 2);
  });

  it('on a machine whose clock is an hour ahead has the times of this one', async () => {
    const { call, session } = await newCall();
    const hour = 3_600_000;
    const sent = { items: conversation((NOW() + hour) / 1_000 - 20) };
    await sendOtlp(web.url, 'logs', logsOf(session, sent, NOW() + hour));
    const { marks, clocks } = await timeline(call);
    expect(clocks.map(({ source }) => source)).toEqual([`agent:${session.job}`]);
    const turn = marks.find((mark) => mark.kind === 'turn');
    expect(turn?.from).toBeGreaterThan(5_000);
    expect(turn?.from).toBeLessThan(20_000);
  });

  it('has errors by the part that failed, and the parts of answers', async () => {
    const { call, session } = await newCall();
    const at = NOW() - 5_000;
    const spans = [
      spanOf(2, 'llm_node', [at, at + 100], { parent: 1, 'gen_ai.request.model': 'gpt' }),
      failedSpan(spanOf(3, 'llm_request_run', [at, at + 90], { parent: 2 }), 'no answer'),
    ];
    expect((await sendOtlp(web.url, 'traces', tracesOf(session, spans))).status).toBe(200);
    const { marks, call: summary } = await timeline(call);
    expect(summary.errors).toBe(1);
    const whats = marks.flatMap((mark) => (mark.kind === 'event' ? [mark.what] : []));
    expect(whats).toContainEqual(
      expect.objectContaining({ kind: 'error', where: 'llm', message: 'no answer' }),
    );
    expect(whats).toContainEqual(
      expect.objectContaining({
        spans: [expect.objectContaining({ name: 'llm_node', what: 'gpt' })],
      }),
    );
  });

  it('of metrics and of an unimportant log stores nothing', async () => {
    const { call } = await newCall();
    const before = await timeline(call);
    expect((await sendOtlp(web.url, 'metrics', { resourceMetrics: [{}] })).status).toBe(200);
    expect(await timeline(call)).toEqual(before);
  });
});

describe('a recording', () => {
  const startTime = () => ({ seconds: Math.floor(NOW() / 1_000) - 20, nanos: 500_000_000 });
  const formFor = ({ room, job }: TestSession, name?: string, audio = oggOf(12_000)) =>
    formOf({ roomId: room, jobId: job, startTime: startTime() }, report(), audio, name);

  it('is with its call, and is deleted with it', async () => {
    await withSettings({ RECORD_CALLS: 'on' });
    const { call, session } = await newCall();
    expect((await sendForm(web.url, formFor(session))).status).toBe(200);
    const { marks, ...rest } = await timeline(call);
    // As long as it is, and from its beginning, for the player.
    const [played] = recordingsOf({ marks });
    expect((played?.to ?? 0) - (played?.from ?? 0)).toBe(12_000);
    expect(Math.abs((played?.from ?? 0) - (NOW() - 20_000 - rest.call.requestedAt))).toBeLessThan(
      5_000,
    );
    const what = marks.flatMap((mark) =>
      mark.kind === 'event' && mark.what.kind === 'recording' ? [mark.what] : [],
    )[0];
    expect(what).toMatchObject({ file: `${call}/${session.job}.ogg`, channels: 2 });
    expect((what?.endedAt ?? 0) - (what?.startedAt ?? 0)).toBe(12_000);
    expect(recordings()).toContain(`${call}/${session.job}.ogg`);
    // A second one does not replace it.
    const path = join(place.folder, 'recordings', `${call}/${session.job}.ogg`);
    const { mtimeMs } = statSync(path);
    await sendForm(web.url, formFor(session, undefined, oggOf(1)));
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    await deleteCall(server(), call);
    expect(recordings().filter((name) => name.startsWith(call))).toEqual([]);
    expect(spooled()).toEqual([]);
  });

  it.each(['off', 'egress'])('is not kept with RECORD_CALLS=%s', async (RECORD_CALLS) => {
    await withSettings({ RECORD_CALLS });
    const { call, session } = await newCall();
    expect((await sendForm(web.url, formFor(session))).status).toBe(200);
    expect((await timeline(call)).call.turns).toBe(4);
    expect(recordings().filter((name) => name.startsWith(call))).toEqual([]);
    expect(spooled()).toEqual([]);
  });

  it('ignores paths in file names', async () => {
    await withSettings({ RECORD_CALLS: 'on' });
    const { call, session } = await newCall();
    const name = `../../../../${createHash('md5').update(call).digest('hex')}.ogg`;
    expect((await sendForm(web.url, formFor(session, name))).status).toBe(200);
    expect(recordings()).toContain(`${call}/${session.job}.ogg`);
  });
});

describe('privacy', () => {
  const NUMBER = '020 7946 0018';
  /** Two of its three groups, in any spelling. One alone is in some times and IDs. */
  const DIGITS = /020\W*7946|7946\W*0018/;
  const everywhere = async () => {
    const rows = [...(await allRows()).values()].flat().map((row) => JSON.stringify(row));
    const files = readdirSync(place.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    return [...rows, ...files, ...log];
  };
  async function sendAll(of: TestSession, redacted: boolean) {
    const session = { ...of, redacted };
    const words = `Call me on ${NUMBER}.`;
    const at = NOW() - 5_000;
    const span = spanOf(3, 'llm_request_run', [at, at + 90], { 'lk.pii.chat_ctx': words });
    const evaluations = [{ name: 'polite', verdict: 'pass', reasoning: words }];
    const outcome = { outcome: 'success', reason: words };
    const sent = { ...report(words), evaluations, outcome };
    const header = { roomId: session.room, jobId: session.job, redactionEnabled: redacted };
    const startTime = { seconds: Math.floor(at / 1_000) };
    const form = formOf({ ...header, startTime }, report(words), oggOf(5_000));
    const answers = [
      await sendOtlp(web.url, 'traces', tracesOf(session, [failedSpan(span, words)])),
      await sendOtlp(web.url, 'logs', logsOf(session, sent, NOW())),
      await sendForm(web.url, form),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  }

  it('a number that is masked stands nowhere, also while the database is away', async () => {
    await withSettings({ MASK: 'phone', INSIGHTS: 'prompts' });
    const { call, session } = await newCall();
    const returns = databaseAway();
    await sendAll(session, false);
    const waiting = spooled().map((name) =>
      readFileSync(join(server().uploads.spool.folder, name), 'latin1'),
    );
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.join('')).toContain('[phone number]');
    expect(waiting.join('')).not.toMatch(DIGITS);
    returns();
    await sendAll(session, false);
    await expect.poll(spooled).toEqual([]);
    expect(JSON.stringify(await timeline(call))).toContain('[phone number]');
    expect((await everywhere()).filter((text) => DIGITS.test(text))).toEqual([]);
  });

  it('what an earlier process received under other settings is masked when it is stored', async () => {
    await withSettings({ MASK: 'email' });
    const { call, session } = await newCall();
    databaseAway();
    await sendAll(session, false);
    await withSettings({ MASK: 'email,phone' });
    await expect.poll(spooled).toEqual([]);
    const stored = JSON.stringify((await timeline(call)).marks);
    expect(stored).toContain('[phone number]');
    expect(stored).not.toMatch(DIGITS);
  });

  it('under redaction no words and no recording are kept', async () => {
    await withSettings({ RECORD_CALLS: 'on', INSIGHTS: 'prompts' });
    const { call, session } = await newCall();
    await sendAll(session, true);
    const { marks, call: summary } = await timeline(call);
    expect(summary.turns).toBe(4);
    expect(marks.flatMap((mark) => (mark.kind === 'turn' ? [mark.text] : []))).toEqual(
      Array.from({ length: 4 }, () => '[redacted]'),
    );
    expect(JSON.stringify(marks)).not.toMatch(DIGITS);
    expect(recordings().filter((name) => name.startsWith(call))).toEqual([]);
  });

  it('a deleted call stays deleted', async () => {
    const { call, session } = await newCall();
    await deleteCall(server(), call);
    const answer = await sendOtlp(web.url, 'logs', logsOf(session, report(), NOW()));
    expect(answer.status).toBe(404);
    expect(await readTimeline(server(), call)).toBeUndefined();
    expect(spooled()).toEqual([]);
  });
});

describe('the database is away', () => {
  it('50 uploads at once are kept, also by a killed process, and stored once', async () => {
    const calls = await Promise.all(Array.from({ length: 10 }, () => newCall()));
    const returns = databaseAway();
    const sent = Array.from({ length: 50 }, (_, n) => {
      const { session } = calls[n % calls.length] ?? expect.fail();
      return sendOtlp(web.url, 'logs', logsOf(session, report(), NOW()));
    });
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 200));
    expect(spooled()).toHaveLength(50);
    // The next process begins with what is there.
    const { uploads } = server();
    returns();
    await stop();
    stop = new Spool(uploads.spool.folder, uploads.spool.place).start();
    await expect.poll(spooled).toEqual([]);
    for (const { call } of calls) expect((await timeline(call)).call.turns).toBe(4);
  });
});

describe('a room', () => {
  const unknown: TestSession = { room: 'RM_unknown', job: 'AJ_1' };
  /** Waits less for rooms. */
  async function waitOnly(ms: number): Promise<void> {
    const { uploads } = server();
    await stop();
    Object.assign(uploads, { spool: new Spool(uploads.spool.folder, uploads.spool.place, ms) });
    stop = uploads.spool.start();
  }
  it('that is none of a call is refused, and nothing is left', async () => {
    await withSettings({ RECORD_CALLS: 'on' });
    await waitOnly(1);
    const rows = await allRows();
    const startTime = { seconds: 1_795_738_400 };
    const header = { roomId: unknown.room, jobId: unknown.job, startTime };
    const answers = await Promise.all([
      sendOtlp(web.url, 'logs', logsOf(unknown, report(), NOW())),
      sendForm(web.url, formOf(header, report(), oggOf(1_000))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(await allRows()).toEqual(rows);
    expect(spooled()).toEqual([]);
  });
  it('that is known a moment later is not', async () => {
    count += 1;
    const session = { room: `RM_${count}x`, job: `AJ_${count}y`, agent: 'pia' };
    const answer = sendOtlp(web.url, 'logs', logsOf(session, report(), NOW()));
    await expect.poll(spooled).toHaveLength(1);
    count -= 1;
    const { call } = await newCall();
    expect((await answer).status).toBe(200);
    expect((await timeline(call)).call.turns).toBe(4);
  });
});

describe('a sender', () => {
  const target = '/observability/logs/otlp/v0';
  const body = () =>
    new Uint8Array(encodeOtlp('logs', logsOf({ room: 'RM_1x', job: 'AJ_1' }, report(), NOW())));
  const send = async (
    bytes: BodyInit,
    headers: Readonly<Record<string, string>> = {},
    path = target,
  ) =>
    fetch(web.url + path, {
      method: 'POST',
      body: bytes,
      headers: {
        authorization: await authorization(),
        'content-type': 'application/x-protobuf',
        ...headers,
      },
    });
  const left = async () => ({ rows: await allRows(), files: spooled(), recordings: recordings() });

  it.each([
    ['without a signature', async () => ({ authorization: '' })],
    ['with another key', async () => ({ authorization: await authorization({ key: 'other' }) })],
    [
      'with another secret',
      async () => ({ authorization: await authorization({ secret: 'x'.repeat(32) }) }),
    ],
    ['without the grant', async () => ({ authorization: await authorization({ write: false }) })],
    [
      'with a token of seven hours ago',
      async () => ({ authorization: await authorization({ ageSeconds: 7 * 3_600 }) }),
    ],
  ])('%s is refused', async (_, headers) => {
    const before = await left();
    const answer = await send(body(), await headers());
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/data recording is disabled/i);
    expect(await left()).toEqual(before);
  });

  it('is told when insights are off, in the words that the framework looks for', async () => {
    await withSettings({ INSIGHTS: 'off' });
    const answer = await send(body());
    expect(answer.status).toBe(401);
    expect((await answer.text()).toLowerCase()).toContain('data recording is disabled');
  });

  const nested = (depth: number) => {
    // An `ArrayValue` in an `ArrayValue`, and so on, in the attributes of a resource.
    let value = Buffer.from([0x0a, 0x01, 0x78]);
    const field = (tag: number, inside: Buffer) => {
      const length = [];
      for (let rest = inside.length; ; rest >>= 7) {
        length.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      return Buffer.concat([Buffer.from([tag, ...length]), inside]);
    };
    for (let at = 0; at < depth; at += 1) value = field(0x2a, field(0x0a, value));
    return new Uint8Array(field(0x0a, field(0x0a, field(0x0a, field(0x12, value)))));
  };
  it.each<[string, () => BodyInit, Readonly<Record<string, string>>, number]>([
    [
      'a gzip bomb',
      () => new Uint8Array(gzipSync(Buffer.alloc(MESSAGE_MAX_BYTES + 1))),
      { 'content-encoding': 'gzip' },
      413,
    ],
    ['what is no gzip', () => body(), { 'content-encoding': 'gzip' }, 400],
    ['another compression', () => body(), { 'content-encoding': 'br' }, 415],
    ['broken protobuf', () => body().slice(0, -7), {}, 400],
    ['text as protobuf', () => 'hello there', {}, 400],
    ['protobuf in 5,000 layers', () => nested(2_500), {}, 400],
    [
      'JSON of another shape',
      () => '{"resourceLogs":[{"scopeLogs":7}]}',
      { 'content-type': 'application/json' },
      400,
    ],
    ['JSON that is none', () => '{"resourceLogs":[', { 'content-type': 'application/json' }, 400],
    ['another type', () => body(), { 'content-type': 'text/plain' }, 415],
    [
      'no room',
      () => new Uint8Array(encodeOtlp('logs', logsOf({ room: '', job: '' }, report(), 1))),
      {},
      400,
    ],
  ])('of %s is refused', async (_, bytes, headers, status) => {
    const before = await left();
    const answer = await send(bytes(), headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await left()).toEqual(before);
  });

  /** Sends a body in pieces until the response comes. */
  async function flood(path: string, headers: Readonly<Record<string, string | number>>) {
    const sender = httpRequest(web.url + path, { method: 'POST', headers });
    const answer = new Promise<number | undefined>((resolve) => {
      sender.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      // The server closes the connection, perhaps before the response was read.
      sender.on('error', () => resolve(undefined));
    });
    const piece = Buffer.alloc(1024 * 1024, 'x');
    let [sent, over] = [0, false];
    void answer.then(() => {
      over = true;
    });
    while (!over && sent < 110) {
      sent += 1;
      if (!sender.write(piece))
        await Promise.race([new Promise((next) => sender.once('drain', next)), answer]);
    }
    sender.end();
    const status = await answer;
    sender.destroy();
    return { status, sent };
  }
  it.each([
    ['that says so', { 'content-length': 110 * 1024 * 1024 }],
    ['that does not say so', {}],
  ])('of 100 MB %s is refused', async (_, headers) => {
    const before = await left();
    const signed = { authorization: await authorization(), ...headers };
    const logs = await flood(target, { ...signed, 'content-type': 'application/x-protobuf' });
    expect([413, undefined]).toContain(logs.status);
    expect(logs.sent).toBeLessThan(50);
    const type = 'multipart/form-data; boundary=b';
    const form = await flood('/observability/recordings/v0', { ...signed, 'content-type': type });
    expect([413, 400, undefined]).toContain(form.status);
    expect(await left()).toEqual(before);
  });

  const header = { roomId: 'RM_1x', jobId: 'AJ_1', startTime: { seconds: 1_795_738_400 } };
  /** Sends a whole form, changed. */
  const sendChanged = async (change: (form: Buffer) => Buffer) => {
    const whole = new Response(formOf(header, report(), oggOf(1_000)));
    const type = whole.headers.get('content-type') ?? '';
    const bytes = new Uint8Array(change(Buffer.from(await whole.arrayBuffer())));
    return send(bytes, { 'content-type': type }, '/observability/recordings/v0');
  };
  const cutInRecording = (form: Buffer) => form.subarray(0, form.indexOf('OggS') + 9);

  it.each<[string, (form: Buffer) => Buffer, number]>([
    ['cut off', (form) => form.subarray(0, -40), 400],
    ['cut off in its recording', cutInRecording, 400],
    [
      'without a header',
      (form) =>
        Buffer.from(form.toString('latin1').replace('name="header"', 'name="other"'), 'latin1'),
      400,
    ],
    [
      'with another file as recording',
      (form) => Buffer.from(form.toString('latin1').replace('OggS', 'RIFF'), 'latin1'),
      400,
    ],
    [
      'with a broken history',
      (form) => Buffer.from(form.toString('latin1').replace('{"items"', '{"items'), 'latin1'),
      400,
    ],
    ['that is empty', () => Buffer.alloc(0), 400],
  ])('of a form %s is refused', async (_, change, status) => {
    await withSettings({ RECORD_CALLS: 'on' });
    await newCall();
    const before = await left();
    expect((await sendChanged(change)).status).toBe(status);
    expect(await left()).toEqual(before);
  });

  it('of a form cut off in its recording leaves nothing on a slow disk either', async () => {
    await withSettings({ RECORD_CALLS: 'on' });
    await newCall();
    const before = await left();
    const open = promisify(fs.open) as (...given: unknown[]) => Promise<number>;
    const opened: Promise<void>[] = [];
    const slow = vi.spyOn(fs, 'open').mockImplementation((...given: unknown[]) => {
      const after = given.pop() as (error: null, file: number) => void;
      const opening = pause(200).then(() => open(...given));
      opened.push(opening.then((file) => after(null, file)));
    });
    onTestFinished(() => slow.mockRestore());
    expect((await sendChanged(cutInRecording)).status).toBe(400);
    expect(opened).not.toEqual([]);
    await Promise.all(opened);
    expect(await left()).toEqual(before);
  });

  it('of a recording that is too long is refused', async () => {
    await withSettings({ RECORD_CALLS: 'on' });
    await newCall();
    const before = await left();
    const audio = new Uint8Array(AUDIO_MAX_BYTES + 1);
    audio.set(Buffer.from('OggS'));
    expect((await sendForm(web.url, formOf(header, report(), audio))).status).toBe(413);
    expect(await left()).toEqual(before);
  });

  it('of too many requests about a room has to wait', async () => {
    const { limiter } = server().uploads;
    await limiter.set('RM_1x', limiter.points, 60);
    const answer = await send(body());
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });
});
