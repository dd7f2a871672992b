// What: the log of a worker and its job processes writes errors as the web process does.
// Why: by itself, pino writes all properties of an error, such as the request to a model, which has the conversation.
// Upstream: none reported. `initializeLogger` would have to accept pino's options, which include serializers.
import { log } from '@livekit/agents';
import { describeError } from '@/lib/core/log';

/** Where pino keeps how each field is written. All loggers of a process have the same ones, also those made before. */
const SERIALIZERS = Symbol.for('pino.serializers');

/** Fields that may have an error, or text of somebody else; `msg` is the message itself. */
const FIELDS = ['err', 'error', 'identity', 'message', 'msg', 'reason', 'room', 'url'];

/** Cleans what this process logs, the framework's messages too. Call it once the framework has its logger. */
export function cleanLog(): void {
  const serializers = Reflect.get(log(), SERIALIZERS);
  if (!serializers) throw new Error('The logger of the agents framework cannot be set up.');
  for (const field of FIELDS) serializers[field] = describeError;
}
