// PGlite, in the thread that `pglite.ts` starts. It receives PostgreSQL's wire protocol as node-postgres writes it, and sends
// back what PostgreSQL answers. JavaScript, because a thread starts without a compiler.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const settings = workerData.settings.flatMap((setting) => ['-c', setting]);
const database = await PGlite.create(workerData.folder, {
  startParams: [...PGlite.defaultStartParams, ...settings],
});

async function answer(request) {
  const parts = [];
  // PGlite reuses its memory after the callback.
  const onRawData = (bytes) => parts.push(bytes.slice());
  await database.execProtocolRawStream(request, { onRawData });
  const bytes = new Uint8Array(Buffer.concat(parts));
  parentPort.postMessage(bytes, [bytes.buffer]);
}

parentPort.on('message', async (request) => {
  try {
    if (request !== 'close') return await answer(request);
    await database.close();
    parentPort.close();
  } catch (error) {
    // Errors of statements are answers. Emscripten would catch what is thrown here, and the request would wait for ever.
    parentPort.postMessage(`PGlite failed: ${error.message}`);
    process.exit(1);
  }
});
parentPort.postMessage('open');
