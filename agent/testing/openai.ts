// A stand-in for OpenAI, for agents that bring their own models: a chat server, and the speech server by OpenAI's names.
import { chatApi, type Reply } from '@/agent/testing/chat-server';
import { serveFetch } from '@/lib/testing/serve-routes';

/**
 * Starts it on a free port of loopback.
 * @param speech address of the speech server, up to and including `/v1`
 * @param script the model's turns in order
 * @returns its address, and the completion requests in order
 */
export async function startOpenAi(speech: string, script: readonly (() => Reply)[]) {
  const { app, asked } = chatApi(script);
  app.post('/v1/audio/speech', async (c) =>
    fetch(`${speech}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...(await c.req.json()), model: 'flite', voice: 'slt' }),
    }),
  );
  app.post('/v1/audio/transcriptions', async (c) => {
    const body = await c.req.formData();
    body.set('model', 'moonshine-tiny');
    return fetch(`${speech}/audio/transcriptions`, { method: 'POST', body });
  });
  const { url, close } = await serveFetch(app.fetch);
  return { url: `${url}/v1`, asked, close };
}
