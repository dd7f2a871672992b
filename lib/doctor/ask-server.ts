// Sends a request to the LiveKit server. Tells apart why it failed: a wrong secret, an unknown key, a wrong clock and
// an unreachable server need different fixes.
import { ServerError } from 'livekit-server-sdk';
import { asHttp } from '@/lib/core/addresses';
import { redact } from '@/lib/core/redact';
import { since, withTimeout } from '@/lib/core/wait';
import type { ServerAnswer } from '@/lib/doctor/diagnosis/evidence';
import { tokenFault } from '@/lib/doctor/server-log';
import type { LiveKit } from '@/lib/livekit/clients';
import type { ReportServer } from '@/lib/livekit/server';

/** Milliseconds for a response. */
const ANSWER_MS = 4_000;

/** The result of a request. */
export interface Answered<T> {
  readonly says: ServerAnswer;
  readonly value?: T;
  /** The server's message, without secrets. */
  readonly detail: string;
  readonly ms: number;
}

/** The server's HTTP address. */
export const httpUrl = ({ config }: Pick<ReportServer, 'config'>) => asHttp(config.LIVEKIT_URL);

/** Sends the request. Never throws. */
export async function askServer<T>(
  { config, livekit }: ReportServer,
  ask: (livekit: LiveKit) => Promise<T>,
): Promise<Answered<T>> {
  const began = performance.now();
  try {
    const value = await withTimeout(ANSWER_MS, ask(livekit));
    return { says: 'answers', value, detail: '', ms: since(began) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
    const detail = redact(cause?.message || words).replaceAll(
      config.LIVEKIT_API_SECRET,
      '[secret]',
    );
    const ms = since(began);
    if (!(error instanceof ServerError)) return { says: 'unreachable', detail, ms };
    const says = error.status === 401 ? (tokenFault(words) ?? 'secret') : 'other';
    return { says, detail: `${error.status} ${detail}`, ms };
  }
}
