import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { isProblem, toProblem } from '@/lib/core/problem';
import { BODY_MAX_BYTES, parseJson, READING_MAX_BYTES, readBody } from '@/lib/http/read-json';
import { testServer } from '@/lib/testing/server';

const server = testServer();

function post(body: BodyInit, headers: HeadersInit = { 'content-type': 'application/json' }) {
  const init = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://test/', init as RequestInit);
}

const kindOf = (reading: Promise<string>) =>
  reading.then(
    () => 'read',
    (error) => (isProblem(error) ? error.kind : error),
  );

describe('readBody', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'takes %s',
    async (type) => {
      expect(await readBody(server, post('{"a":"é"}', { 'content-type': type }))).toBe('{"a":"é"}');
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'refuses the type %j',
    async (type) => {
      const reading = readBody(server, post('{}', { 'content-type': type }));
      expect(await kindOf(reading)).toBe('unsupported-media-type');
    },
  );

  it('accepts the maximum number of bytes and not one more, with or without content-length', async () => {
    const fits = new Uint8Array(BODY_MAX_BYTES).fill(32);
    const over = new Uint8Array(BODY_MAX_BYTES + 1).fill(32);
    expect(await kindOf(readBody(server, post(fits)))).toBe('read');
    expect(await kindOf(readBody(server, post(new Blob([over]).stream())))).toBe('too-large');
    const announced = { 'content-type': 'application/json', 'content-length': `${over.length}` };
    expect(await kindOf(readBody(server, post('{}', announced)))).toBe('too-large');
  });

  it('drains a body that is too large, so that its sender gets the response, but only up to a limit', async () => {
    let sent = 0;
    const sends = (bytes: number) =>
      new ReadableStream({
        pull(controller) {
          sent += BODY_MAX_BYTES;
          controller.enqueue(new Uint8Array(BODY_MAX_BYTES));
          if (sent >= bytes) controller.close();
        },
      });
    expect(await kindOf(readBody(server, post(sends(8 * BODY_MAX_BYTES))))).toBe('too-large');
    expect(sent).toBe(8 * BODY_MAX_BYTES);
    sent = 0;
    expect(await kindOf(readBody(server, post(sends(Number.POSITIVE_INFINITY))))).toBe('too-large');
    expect(sent).toBeLessThan(20 * BODY_MAX_BYTES);
  });

  it('accepts another type and size if a route allows it', async () => {
    const bounds = { type: 'application/webhook+json', maxBytes: 4 };
    const headers = { 'content-type': 'application/webhook+json' };
    expect(await readBody(server, post('{  }', headers), bounds)).toBe('{  }');
    expect(await kindOf(readBody(server, post('{   }', headers), bounds))).toBe('too-large');
    expect(await kindOf(readBody(server, post('{}'), bounds))).toBe('unsupported-media-type');
  });

  it('holds few bytes of all bodies at once', async () => {
    const bounds = { maxBytes: READING_MAX_BYTES };
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const open = (bytes: number) =>
      readBody(
        server,
        post(
          new ReadableStream({
            async start(controller) {
              controller.enqueue(new Uint8Array(bytes).fill(32));
              await finished;
              controller.close();
            },
          }),
        ),
        bounds,
      );
    const first = open(READING_MAX_BYTES - 4);
    // The first one is being read.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await kindOf(readBody(server, post('     '), bounds))).toBe('busy');
    expect(await kindOf(readBody(server, post('    '), bounds))).toBe('read');
    finish();
    expect(await kindOf(first)).toBe('read');
    expect(await kindOf(readBody(server, post('     '), bounds))).toBe('read');
  });

  it('does not wait for a body for ever', async () => {
    const announced = { 'content-type': 'application/json', 'content-length': '2' };
    for (const never of [post(new ReadableStream()), post(new ReadableStream(), announced)]) {
      expect(await kindOf(readBody(server, never, { maxMs: 20 }))).toBe('slow-body');
    }
  });

  it('reads a small body without a stream, also while others fill what may be read', async () => {
    const small = post('{}', { 'content-type': 'application/json', 'content-length': '2' });
    const stream = vi.spyOn(small, 'body', 'get');
    expect(await readBody({ bodies: { bytes: READING_MAX_BYTES } }, small)).toBe('{}');
    expect(stream).not.toHaveBeenCalled();
    const large = post('{}', { 'content-type': 'application/json', 'content-length': '5000' });
    expect(await kindOf(readBody({ bodies: { bytes: READING_MAX_BYTES } }, large))).toBe('busy');
  });

  it('joins characters that arrive in pieces, and refuses invalid UTF-8', async () => {
    const pieces = ['"', [0xc3], [0xa9], '"'].map((piece) =>
      typeof piece === 'string' ? new TextEncoder().encode(piece) : Uint8Array.from(piece),
    );
    const stream = new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    expect(await readBody(server, post(stream))).toBe('"é"');
    expect(await kindOf(readBody(server, post(Uint8Array.from([0xff]))))).toBe('invalid-request');
  });
});

describe('parseJson', () => {
  const any = z.json();
  const refusal = (text: string, options = {}) => {
    try {
      return parseJson(text, any, options);
    } catch (error) {
      return toProblem(error);
    }
  };

  it('says what is missing, and which fields are known', () => {
    const schema = z.strictObject({ room: z.string(), agents: z.array(z.strictObject({})) });
    const detailOf = (body: unknown) => {
      try {
        return parseJson(JSON.stringify(body), schema);
      } catch (error) {
        return toProblem(error).detail;
      }
    };
    expect(detailOf({ room: null, agents: [] })).toBe('room is required.');
    expect(detailOf({ room: 'r', agents: [], Room: 1, agent: 2 })).toBe(
      'Room is not a known field; agent is not a known field. Known: room, agents.',
    );
    expect(detailOf({ room: 7, agents: [] })).toBe('room must be a text.');
    expect(detailOf({ room: 'r', agents: [7] })).toBe('agents/0 must be an object.');
    expect(detailOf([])).toBe('The body must be an object.');
  });

  it('refuses text that cannot be stored, wherever it is', () => {
    const detail = 'must not contain NUL characters or unpaired surrogates';
    for (const [text, ...pointers] of [
      ['"\\u0000"', '#'],
      ['{"a":["b",{"c/d":"x\\u0000y"}]}', '#/a/1/c~1d'],
      ['{"a":"\\ud800","b":"\\udc00\\ud800"}', '#/a', '#/b'],
      ['{"a":{"\\u0000":1}}', '#/a/\0'],
    ] as const) {
      const errors = pointers.map((pointer) => ({ pointer, detail }));
      expect(refusal(text), text).toMatchObject({ kind: 'out-of-bounds', members: { errors } });
      expect(refusal(text, { anyText: true }), text).toEqual(JSON.parse(text));
    }
    expect(refusal('"\\ud83d\\ude00 \\u0001"')).toBe('\u{1f600} \u0001');
  });

  it('refuses values that are nested so deep that schemas would overflow the stack', () => {
    const nested = (levels: number, [open, close] = ['[', ']']) =>
      `${open.repeat(levels)}0${close.repeat(levels)}`;
    const tooDeep = {
      kind: 'invalid-request',
      detail: expect.stringMatching(/^(0|a) is nested too deep\.$/),
    };
    expect(refusal(nested(64))).toEqual(JSON.parse(nested(64)));
    for (const options of [{}, { anyText: true }]) {
      expect(refusal(nested(65), options)).toMatchObject(tooDeep);
      expect(refusal(nested(100_000), options)).toMatchObject(tooDeep);
      expect(refusal(nested(100_000, ['{"a":', '}']), options)).toMatchObject(tooDeep);
    }
  });
});
