// What kind of problem a refusal is, and how long it lasts: for those that a page has words of its own for.
import { z } from 'zod';
import type { Refusal } from '@/lib/dispatch/queue/queue-status';

const document = z.object({ type: z.string() });

/** The kind at the end of a problem document's `type`; undefined where the answer is none. */
export function kindOf({ body }: Pick<Refusal, 'body'>): string | undefined {
  try {
    return document.safeParse(JSON.parse(body)).data?.type.split(':').at(-1);
  } catch {
    return undefined;
  }
}

/** Whole minutes until it makes sense to try again, 1 at least. */
export const minutesOf = ({ retryAfter }: Pick<Refusal, 'retryAfter'>): number =>
  Math.max(1, Math.ceil(Number(retryAfter ?? 0) / 60) || 1);
