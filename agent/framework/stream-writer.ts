// What: `write` on a closed stream rejects, as the standard says (https://streams.spec.whatwg.org/#default-writer-write).
// Why: in Node.js 20 it throws an internal assertion. LiveKit's STT client writes a message that arrives just after its
// end, and the call's process would end with it.
// Upstream: https://github.com/nodejs/node/issues/57272, fixed in later versions. It goes when Node.js 20 is no longer
// supported.
import { WritableStreamDefaultWriter } from 'node:stream/web';

const { write } = WritableStreamDefaultWriter.prototype;
WritableStreamDefaultWriter.prototype.write = async function (chunk) {
  return write.call(this, chunk);
};
