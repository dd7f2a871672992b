// Poolers and servers that tests do not have.
import { expect, it } from 'vitest';
import { checkSessions } from '@/lib/db/check-sessions';
import type { ServerClient } from '@/lib/db/server-client';

/** A connection of its own to a server whose LISTEN fails with this SQLSTATE. */
function client(processID: number, code: string): ServerClient {
  const answer = (text: string) => {
    if (text.startsWith('listen')) throw Object.assign(new Error('no'), { code });
    return text.includes('try_advisory') ? { got: processID === 1 } : { pid: processID };
  };
  return {
    processID,
    open: async () => undefined,
    end: async () => undefined,
    query: async ({ text }: { text: string }) => ({ rows: [answer(text)] }),
  } as unknown as ServerClient;
}
const check = (code: string) => checkSessions(client(1, code), client(2, code));

it('lets a standby be read', () => expect(check('25006')).resolves.toBeUndefined());

it('refuses a server that has no notifications', () =>
  expect(check('0A000')).rejects.toThrow(/no notifications \(LISTEN\)/));

it('passes on what is no answer about notifications', () =>
  expect(check('57P01')).rejects.toMatchObject({ code: '57P01' }));

/** A connection through a pooler in transaction mode that uses its servers in turn, of which 2 comes with a request. */
function pooled(comesWith: number): () => ServerClient {
  const idle = [1];
  let requests = 0;
  return () => {
    let held: number | undefined;
    const answer = (text: string) => {
      const server = held ?? (idle.shift() as number);
      // The first one is in use meanwhile, so it comes back behind the second one.
      if (requests++ === comesWith) idle.push(2);
      held = text === 'begin' || (held && text !== 'rollback') ? server : undefined;
      if (held === undefined) idle.push(server);
      return { pid: server, got: true, held: false };
    };
    return {
      processID: 3,
      open: async () => undefined,
      end: async () => undefined,
      query: async ({ text }: { text: string }) => ({ rows: [answer(text)] }),
    } as unknown as ServerClient;
  };
}

it.each([...Array(20).keys()])(
  'refuses servers in turn, whenever the second one comes (request %i)',
  async (comesWith) => {
    const connect = pooled(comesWith);
    await expect(checkSessions(connect(), connect())).rejects.toThrow(/transaction mode/);
  },
);
