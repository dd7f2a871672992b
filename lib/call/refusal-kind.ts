// The kind of a refused request, and how long it lasts, for refusals with their own texts.
import { z } from 'zod';
import type { Refusal } from '@/lib/dispatch/queue/queue-status';

const document = z.object({ type: z.string() });

/** The kind at the end of a problem document's `type`; undefined if the body is no problem document. */
export function kindOf({ body }: Pick<Refusal, 'body'>): string | undefined {
  try {
    return document.safeParse(JSON.parse(body)).data?.type.split(':').at(-1);
  } catch {
    return undefined;
  }
}

/** Whole minutes until a retry makes sense, at least 1. */
export const minutesOf = ({ retryAfter }: Pick<Refusal, 'retryAfter'>): number =>
  Math.max(1, Math.ceil(Number(retryAfter ?? 0) / 60) || 1);
