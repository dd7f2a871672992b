// What a call's audio can do without: a level, a microphone.
import { afterEach, expect, test, vi } from 'vitest';
import { requestMicrophone } from '@/components/audio/call-audio';
import { Meter } from '@/components/audio/meter';
import { microphoneBarrier } from '@/components/ui/browser';
import { micProblem } from '@/lib/call/mic-problem';

afterEach(() => vi.unstubAllGlobals());

const refuses = () => {
  throw new DOMException('Refused', 'NotSupportedError');
};
const track = {} as MediaStreamTrack;

test('a device that the browser cannot measure has no level, and is heard', () => {
  vi.stubGlobal('MediaStream', class {});
  const audio = { createAnalyser: () => ({}), createMediaStreamSource: refuses };
  const meter = new Meter(audio as unknown as AudioContext);
  meter.listen(track);
  expect(meter.level()).toBe(0);
});

test.each([
  ['no https', false, { getUserMedia: refuses }, true, 'insecure'],
  ['a browser that offers none', true, undefined, true, 'unsupported'],
  ['a Permissions-Policy of the site', true, { getUserMedia: refuses }, false, 'withheld'],
])('no microphone: %s', async (_, isSecureContext, mediaDevices, allowed, why) => {
  vi.stubGlobal('isSecureContext', isSecureContext);
  vi.stubGlobal('navigator', { mediaDevices });
  vi.stubGlobal('document', { featurePolicy: { allowsFeature: () => allowed } });
  expect(microphoneBarrier()).toBe(why);
  await expect(requestMicrophone('').catch(micProblem)).resolves.toBe(why);
});
