// The fake speech server as a separate process (lib/testing/bundled.ts), on SPEECH_PORT.
import { startFakeSpeech } from '@/agent/testing/fake-speech';

const { url } = await startFakeSpeech(Number(process.env.SPEECH_PORT ?? 0));
console.log(`Speech is ready on ${url}`);
