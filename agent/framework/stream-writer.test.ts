import { expect, test } from 'vitest';
import '@/agent/framework/stream-writer';

test('writing to a closed stream is rejected and does not throw', async () => {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const end = readable.getReader().read();
  await writer.close();
  await end;
  const writing = writer.write('late');
  await expect(writing).rejects.toThrow();
});
