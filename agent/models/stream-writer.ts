// In Node.js 20, `write` on a closed stream throws an internal assertion instead of rejecting as the standard says.
// LiveKit's STT client writes a message that arrives just after its end, and the call's process would end with it.
// https://streams.spec.whatwg.org/#default-writer-write
import { WritableStreamDefaultWriter } from 'node:stream/web';

const { write } = WritableStreamDefaultWriter.prototype;
WritableStreamDefaultWriter.prototype.write = async function (chunk) {
  return write.call(this, chunk);
};
