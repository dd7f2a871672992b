// Browser APIs that are missing, denied, or work: the page goes on in each case.
import { afterEach, expect, test, vi } from 'vitest';
import {
  canCall,
  canShare,
  canShareScreen,
  copyText,
  isLockHeld,
  keepCookie,
  listDevices,
  localStore,
  microphonePermission,
  onDeviceChange,
  openAudioContext,
  requestLock,
  share,
  supplyRandomUuid,
  tabStore,
} from '@/components/ui/browser';

const STORAGES = ['localStorage', 'sessionStorage'] as const;
const originals = STORAGES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));

afterEach(() => {
  vi.unstubAllGlobals();
  for (const [n, name] of STORAGES.entries()) {
    const original = originals[n];
    if (original) Object.defineProperty(globalThis, name, original);
    else Reflect.deleteProperty(globalThis, name);
  }
});

const denied = () => new DOMException('Access is denied for this document.', 'SecurityError');
const rejects = () => Promise.reject(denied());
const throws = () => {
  throw denied();
};

/** As in a frame of another site whose storage is blocked, with permissions, clipboard and devices denied too. */
function denyAll(): void {
  for (const name of STORAGES) {
    Object.defineProperty(globalThis, name, { configurable: true, get: throws });
  }
  vi.stubGlobal('navigator', {
    locks: { query: rejects, request: rejects },
    mediaDevices: { enumerateDevices: rejects },
    permissions: { query: rejects },
    clipboard: { writeText: rejects },
    share: rejects,
  });
  vi.stubGlobal('document', Object.defineProperty({}, 'cookie', { set: throws }));
}

/** As in an old browser, or on a page without https. */
function removeAll(): void {
  for (const name of STORAGES) {
    Object.defineProperty(globalThis, name, { configurable: true, value: undefined });
  }
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', {});
}

test.each([
  ['denied', denyAll],
  ['missing', removeAll],
])('%s', async (_, prepare) => {
  prepare();
  for (const store of [localStore, tabStore]) {
    expect(store.write('key', 'value')).toBe(false);
    expect(store.read('key')).toBeNull();
    store.remove('key');
  }
  expect(await isLockHeld('call')).toBe(false);
  // Every tab gets a lock, and none of them is told that another tab has taken it.
  for (const take of [false, true]) {
    const lock = await requestLock('call', take);
    const first = await Promise.race([lock?.taken.then(() => 'taken'), lock?.release()]);
    expect(first).toBeUndefined();
  }
  expect(await listDevices()).toEqual([]);
  onDeviceChange(() => {})();
  expect(canShareScreen()).toBe(false);
  expect(await microphonePermission()).toBeUndefined();
  expect(await copyText('text')).toBe(false);
  await share({ url: 'https://callboard.example' });
  keepCookie('language', 'de', 60);
});

/** Web Locks as browsers have them, for one name: `steal` rejects the request of whoever has it. */
function locks() {
  let holder: { readonly lost: (reason: unknown) => void } | undefined;
  return {
    query: async () => ({ held: holder ? [{ name: 'call' }] : [] }),
    async request(
      _name: string,
      { steal }: { steal?: boolean },
      hold: (lock: object | null) => Promise<unknown>,
    ) {
      if (holder && !steal) return hold(null);
      holder?.lost(new DOMException('Lock broken by another request', 'AbortError'));
      const stolen = withResolvers();
      const own = { lost: stolen.reject };
      holder = own;
      try {
        return await Promise.race([hold({}), stolen.promise]);
      } finally {
        if (holder === own) holder = undefined;
      }
    },
  };
}

function withResolvers() {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}

test('one tab has the lock, until it releases it or another tab takes it', async () => {
  vi.stubGlobal('navigator', { locks: locks() });
  const first = await requestLock('call', false);
  expect([await isLockHeld('call'), await isLockHeld('other')]).toEqual([true, false]);
  expect(await requestLock('call', false)).toBeUndefined();

  const second = await requestLock('call', true);
  await first?.taken;
  await second?.release();
  expect(await isLockHeld('call')).toBe(false);
});

test('what works is used', async () => {
  const copied: string[] = [];
  const device = { kind: 'audioinput', deviceId: 'one' };
  vi.stubGlobal('navigator', {
    mediaDevices: { enumerateDevices: async () => [device], getDisplayMedia: () => {} },
    permissions: { query: async () => ({ state: 'granted' }) },
    clipboard: { writeText: async (text: string) => copied.push(text) },
    share: async () => {},
  });
  expect(await listDevices()).toEqual([device]);
  expect([canShareScreen(), canShare()]).toEqual([true, true]);
  expect(await microphonePermission()).toBe('granted');
  expect([await copyText('text'), copied]).toEqual([true, ['text']]);
});

test('on a page without https, random UUIDs are still such', () => {
  const { randomUUID } = crypto;
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  supplyRandomUuid();
  const made = Array.from({ length: 50 }, () => crypto.randomUUID());
  expect(new Set(made).size).toBe(50);
  for (const one of made) {
    expect(one).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  }
  // The browser's own is kept.
  vi.stubGlobal('crypto', { randomUUID });
  supplyRandomUuid();
  expect(crypto.randomUUID).toBe(randomUUID);
});

test('without WebRTC there are no calls, and without audio contexts no levels', () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  vi.stubGlobal('AudioContext', throws);
  expect([canCall(), openAudioContext()]).toEqual([false, undefined]);
  vi.stubGlobal('RTCPeerConnection', class {});
  expect(canCall()).toBe(false);
  vi.stubGlobal(
    'RTCPeerConnection',
    class {
      addTransceiver() {}
    },
  );
  expect(canCall()).toBe(true);
});
