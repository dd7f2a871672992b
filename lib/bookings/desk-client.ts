// A worker's way to the desk: it asks the web process for the diary, and tells messages as events,
// which are kept on disk while the web process is away.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Happening } from '../calls/event';
import type { Config } from '../config';
import { signBody } from '../worker-auth';
import {
  type CallPlace,
  DESK_PATH,
  type Desk,
  DeskAway,
  type DeskRequest,
  deskAnswer,
  referenceOf,
} from './desk';

/** Milliseconds one attempt may take: a caller waits for it. Our own choice. */
const TIMEOUT_MS = 2_500;
/** Attempts, all with one id: an answer may be lost where the request was not. */
const ATTEMPTS = 2;

/** What the client is for. */
interface DeskClientOptions {
  readonly config: Pick<Config, 'CALLBOARD_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET'>;
  /** Shown name. */
  readonly deployment: string;
  /** The call as it is known by now. */
  readonly where: () => CallPlace;
  /** Tells what happened in the call. Never fails. */
  readonly tell: (what: Happening) => void;
}

/** The desk at `CALLBOARD_URL` for a call. */
export function deskClient({ config, deployment, where, tell }: DeskClientOptions): Desk {
  const url = new URL(DESK_PATH, config.CALLBOARD_URL);

  async function post(body: string): Promise<unknown> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: await signBody('desk', body, config),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const told = await answer.text();
    if (!answer.ok) throw new Error(`the web process answered ${answer.status}: ${told}`);
    return JSON.parse(told);
  }

  async function ask<T extends z.ZodType>(asked: DeskRequest, answer: T): Promise<z.output<T>> {
    const body = JSON.stringify(asked);
    let cause: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        return answer.parse(await post(body));
      } catch (error) {
        cause = error;
      }
    }
    throw new DeskAway(`The diary at ${url.href} cannot be reached: ${cause}`, { cause });
  }

  return {
    async taken(from, to) {
      return (await ask({ ask: 'taken', deployment, from, to }, deskAnswer.taken)).taken;
    },
    async find(day, name) {
      return (await ask({ ask: 'find', deployment, day, name }, deskAnswer.find)).found;
    },
    async book({ people, ...wish }) {
      const asked = { ...wish, people: [...people] };
      const request = { request: randomUUID(), deployment, where: where() };
      return (await ask({ ask: 'book', ...request, wish: asked }, deskAnswer.book)).booking;
    },
    async cancel(reference) {
      const request = { request: randomUUID(), deployment, where: where() };
      return (await ask({ ask: 'cancel', ...request, reference }, deskAnswer.cancel)).cancelled;
    },
    takeMessage({ for: to, ...message }) {
      const reference = referenceOf(randomUUID());
      tell({ kind: 'message_taken', reference, deployment, to, ...message });
      return reference;
    },
  };
}
