// Parts in one place: started with settings that lead each to the others, waited for, and ended in
// order.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { productPorts } from '@/lib/testing/ports';
import { Part, type Settings } from './part';
import type { PartName } from './processes';
import { before } from './until';

/** Parts in the order in which they are ended. */
const ENDING = ['agent', 'web', 'speech', 'livekit'] as const;

/** Where something is to run. */
export interface Place {
  readonly data: string;
  readonly ports: { readonly web: number; readonly speech: number; readonly livekit: number };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'callboard-faults-'));

/** A new folder, unless one is given, and three free ports. */
export async function newPlace(data = newFolder()): Promise<Place> {
  return { data, ports: await productPorts() };
}

/** Settings that lead each part of a place to the others. */
export function settingsOf({ data, ports }: Place): Settings {
  const speech = `http://127.0.0.1:${ports.speech}/v1`;
  return {
    DATA_DIR: data,
    PORT: String(ports.web),
    CALLBOARD_URL: `http://127.0.0.1:${ports.web}`,
    SPEECH_PORT: String(ports.speech),
    SPEECH_STT_URL: speech,
    SPEECH_TTS_URL: speech,
    LIVEKIT_PORT: String(ports.livekit),
    AGENT_DRAIN_SECONDS: '0',
  };
}

/** What starts parts in a place, and ends them. */
export function partsAt(place: Place, shared: Settings) {
  const running: Part[] = [];
  const { web, speech, livekit } = place.ports;
  const health = {
    livekit: `http://127.0.0.1:${livekit}`,
    speech: `http://127.0.0.1:${speech}/health`,
    web: `http://127.0.0.1:${web}/api/health`,
    agent: undefined,
  };
  return {
    async part(name: PartName, settings: Settings = {}, ...args: string[]) {
      const part = Part.start(name, { ...shared, ...settings }, ...args);
      running.push(part);
      const url = health[name];
      if (url) await before(async () => expect(await isUp(url)).toBe(true));
      return part;
    },
    last(name: PartName) {
      const part = running.findLast((one) => one.name === name);
      if (!part) throw new Error(`${name} was not started`);
      return part;
    },
    end: async () => {
      // As `npm start` does it: the web process still hears what workers tell at their end.
      for (const name of ENDING) {
        await Promise.all(running.filter((one) => one.name === name).map((one) => one.end()));
      }
    },
  };
}

const isUp = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
