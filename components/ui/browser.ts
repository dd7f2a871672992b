// Browser APIs that may be missing or denied: on pages without https, in frames of other sites, where storage is blocked,
// or by a policy. Everything that uses them goes through this file (biome.json), and nothing here throws or rejects,
// except where it says so.

import type { MicBarrier } from '@/lib/call/mic-problem';

/** A `Storage` that may be denied, and then is empty. */
class BrowserStorage {
  // The property itself throws where storage is denied.
  constructor(private readonly open: () => Storage) {}

  read(key: string): string | null {
    try {
      return this.open().getItem(key);
    } catch {
      return null;
    }
  }

  /** Returns whether the value was stored. */
  write(key: string, value: string): boolean {
    try {
      this.open().setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }

  remove(key: string): void {
    try {
      this.open().removeItem(key);
    } catch {
      // Nothing is stored.
    }
  }
}

/** Local storage: kept for this browser. */
export const localStore = new BrowserStorage(() => localStorage);
/** Session storage: kept for this tab. */
export const tabStore = new BrowserStorage(() => sessionStorage);

export interface HeldLock {
  /** Releases the lock; resolves when somebody else can take it. */
  release(): Promise<unknown>;
  /** Resolves if another tab takes the lock. */
  readonly taken: Promise<void>;
}

/** What browsers without Web Locks get. */
const UNSHARED: HeldLock = { release: async () => {}, taken: new Promise(() => {}) };

/** A promise and the function that resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/**
 * Resolves with the Web Lock of this name, or with undefined if another tab has it and `take` is false. Where Web Locks
 * are missing or denied, everybody gets one.
 */
export function requestLock(name: string, take: boolean): Promise<HeldLock | undefined> {
  return new Promise((answer) => {
    const over = gate();
    const taken = gate();
    let isHeld = false;
    const release = () => {
      over.open();
      return freed;
    };
    const request = async () =>
      navigator.locks.request(
        name,
        take ? { steal: true } : { ifAvailable: true },
        async (lock) => {
          isHeld = lock !== null;
          answer(lock ? { release, taken: taken.opened } : undefined);
          if (lock) await over.opened;
        },
      );
    // While it is held, the request rejects only because another tab has taken the lock.
    const freed = request().catch(() => (isHeld ? taken.open() : answer(UNSHARED)));
  });
}

/** Whether a tab has the Web Lock of this name; false where that is not known. */
export async function isLockHeld(name: string): Promise<boolean> {
  try {
    const { held = [] } = await navigator.locks.query();
    return held.some((lock) => lock.name === name);
  } catch {
    return false;
  }
}

/** The media devices, on pages that may use them. Their own methods may reject. */
export const mediaDevices = (): MediaDevices | undefined => navigator.mediaDevices;

/** The devices that this page may know; none if it may not know any. */
export async function listDevices(): Promise<readonly MediaDeviceInfo[]> {
  try {
    // Extensions against tracking may answer with nothing.
    return [...(await navigator.mediaDevices.enumerateDevices())];
  } catch {
    return [];
  }
}

/** Calls back when devices come or go. Returns the function that stops it. */
export function onDeviceChange(listener: () => void): () => void {
  const devices = mediaDevices();
  devices?.addEventListener?.('devicechange', listener);
  return () => devices?.removeEventListener?.('devicechange', listener);
}

/** Whether this page may use a camera. */
export const canUseCamera = (): boolean => 'getUserMedia' in (mediaDevices() ?? {});

/** Whether this page may ask to share the screen. Phones cannot. */
export const canShareScreen = (): boolean => 'getDisplayMedia' in (mediaDevices() ?? {});

/**
 * Whether a Permissions-Policy, of this page or of the site around its frame, keeps it from asking for a microphone. Not every
 * browser says so.
 */
const policyForbidsMicrophone = (): boolean => {
  const { featurePolicy } = document as Document & {
    readonly featurePolicy?: { allowsFeature(name: string): boolean };
  };
  return featurePolicy?.allowsFeature('microphone') === false;
};

/** What keeps this page from asking for a microphone; undefined if it can ask. */
export function microphoneBarrier(): MicBarrier | undefined {
  if (!isSecureContext) return 'insecure';
  if (!mediaDevices()?.getUserMedia) return 'unsupported';
  return policyForbidsMicrophone() ? 'withheld' : undefined;
}

/** Whether this page may use the microphone; undefined if the browser does not say. */
export async function microphonePermission(): Promise<PermissionState | undefined> {
  try {
    const status = await navigator.permissions.query({ name: 'microphone' as PermissionName });
    return status.state;
  } catch {
    return undefined;
  }
}

/** Whether this browser can make calls. WebRTC can be turned off, as in iOS' Lockdown Mode, or be removed by an extension. */
export const canCall = (): boolean =>
  'addTransceiver' in (globalThis.RTCPeerConnection?.prototype ?? {});

/**
 * Keeps the screen on while the page is visible, where the browser allows it. Returns the function that ends it. Must be called
 * soon after a click: Safari asks for one.
 */
export function keepScreenOn(): () => void {
  let lock: Promise<WakeLockSentinel> | undefined;
  const ask = () => {
    if (document.hidden) return;
    lock = navigator.wakeLock?.request('screen');
    lock?.catch(() => {});
  };
  // Browsers release the lock of a hidden page.
  document.addEventListener('visibilitychange', ask);
  ask();
  return () => {
    document.removeEventListener('visibilitychange', ask);
    lock?.then((held) => held.release()).catch(() => {});
  };
}

/** A new audio context; undefined where there is none. Without one, calls have neither levels nor tones. */
export function openAudioContext(): AudioContext | undefined {
  try {
    return new AudioContext();
  } catch {
    return undefined;
  }
}

/**
 * Adds `crypto.randomUUID` on pages without https. LiveKit's client needs it to send a message and to answer an agent's
 * calls.
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.4
 */
export function supplyRandomUuid(): void {
  if (typeof crypto.randomUUID === 'function') return;
  const randomUUID = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true });
}

/** Whether this is Firefox, which connects calls over network addresses only, never over loopback ones. */
export const isFirefox = (): boolean => /\bFirefox\//.test(navigator.userAgent);

/**
 * Whether calls to this machine may lack a network: no browser connects them without one, and Firefox says that it is online
 * with loopback alone.
 */
export const lacksNetwork = (): boolean => isFirefox() || !navigator.onLine;

/** Copies text to the clipboard. Resolves with whether it was copied. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the browser has a share sheet. */
export const canShare = (): boolean => typeof navigator.share === 'function';

/** Opens the share sheet. That it was closed is not an error. */
export async function share(data: ShareData): Promise<void> {
  try {
    await navigator.share(data);
  } catch {
    // The person can copy instead.
  }
}

/** Whether the browser has a network connection, as far as it knows. */
export const isOnline = (): boolean => navigator.onLine;

/** Keeps a cookie for this browser for `seconds`; 0 removes it. */
export function keepCookie(name: string, value: string, seconds: number): void {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${name}=${value};max-age=${seconds};path=/;samesite=lax`;
  } catch {
    // Cookies are denied.
  }
}
