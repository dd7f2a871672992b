// What the API's description says about one method of a route, beside its permission: `lib/auth/routes.ts`.
import { z } from 'zod';
import type { ProblemKind } from '@/lib/core/problem';

/** A response: JSON with a schema, another media type, or nothing. */
export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly schema?: z.core.$ZodType;
  readonly example?: unknown;
  /** Its media type, if it is not JSON. */
  readonly type?: string;
}

/** One method of a route. */
export interface Operation {
  readonly summary: string;
  /** Markdown. */
  readonly description?: string;
  /** The JSON body, with an example. */
  readonly body?: { readonly schema: z.ZodType; readonly example: unknown };
  readonly query?: z.ZodObject;
  /** Headers of the request, with what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: readonly [Answer, ...Answer[]];
  /** Problems of this route, beside those of every route with its permission, parameters and body. */
  readonly problems?: readonly ProblemKind[];
}

/** Operations by method and path: `GET /api/rooms/[room]`. */
export type Operations = Readonly<Record<string, Operation>>;

/** Problems of every request that names an agent: `lib/dispatch/checks.ts`. */
export const AGENT_PROBLEMS = [
  'unknown-agent',
  'unknown-deployment',
  'invalid-deployment',
  'not-allowed',
] as const satisfies readonly ProblemKind[];

/** Milliseconds since 1970. */
export const time = z.number().meta({ description: 'Milliseconds since 1970.' });

/** A body with an example; a test validates it. */
export const body = (schema: z.ZodType, example: unknown) => ({ schema, example });

/** A JSON response. */
export const answer = (
  schema: z.core.$ZodType,
  example: unknown,
  description = 'Success.',
  status = 200,
): Answer => ({ status, description, schema, example });

/** A response without a body. */
export const empty = (description = 'Done.', status = 204): Answer => ({ status, description });

/** A response that is no JSON. */
export const file = (type: string, description: string): Answer => ({
  status: 200,
  description,
  type,
});
