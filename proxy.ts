// Runs before each page: gives it a Content-Security-Policy with a nonce of its own, and the permissions that
// app-config.ts turns on. Routes are left out, since Next keeps a copy of each body that comes by here;
// `next.config.ts` has their headers. Requests with a body to anything else are refused before: `lib/http/refused-requests.ts`.
import { once } from 'es-toolkit';
import { type NextRequest, NextResponse } from 'next/server';
import { appConfig } from '@/app-config';
import { EMBED_PATH, sitesFor } from '@/lib/core/embed-sites';
import { asLanguage, LANGUAGE_COOKIE } from '@/lib/core/language';
import { browserUrl, readConfig } from '@/lib/core/server-config';
import { contentPolicy } from '@/lib/http/content-policy';

export const config = { matcher: '/((?!api/|observability/|_next/).*)' };

/** Bytes of a nonce: CSP Level 3 (7.1) asks for at least 128 bits. */
const NONCE_BYTES = 16;

const { camera, screenShare } = appConfig.features;
/** A feature of the browser: for this site only, or for nobody. */
const allowed = (on: boolean) => (on ? '(self)' : '()');
/** A page may use the microphone, and the camera and the screen where `app-config.ts` turns them on. */
const PERMISSIONS = `microphone=(self), camera=${allowed(camera)}, geolocation=(), display-capture=${allowed(screenShare)}`;

/** The settings of this process, undefined if they are wrong. Reading them takes a millisecond, which each page would wait. */
const settingsOnce = once(() => {
  try {
    return readConfig(process.env);
  } catch {
    return undefined;
  }
});

/** What the settings say of a page; with wrong settings, a page that reaches and is shown by nobody else. */
function fromSettings({ pathname, searchParams }: URL) {
  const settings = settingsOnce();
  if (!settings) return { liveKit: undefined, ancestors: [] };
  const agent = searchParams.get('agent') ?? '';
  return {
    liveKit: browserUrl(settings),
    ancestors: pathname === EMBED_PATH ? sitesFor(agent, settings) : [],
  };
}

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64');
  const dev = process.env.NODE_ENV === 'development';
  const isFile = request.nextUrl.pathname.endsWith('.html');
  const policy = contentPolicy({ nonce, dev, isFile, ...fromSettings(request.nextUrl) });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  if (request.nextUrl.pathname === EMBED_PATH) {
    // In the language of the site around it, whatever the visitor chose for our own pages.
    const language = asLanguage(request.nextUrl.searchParams.get('language') ?? undefined);
    if (language) headers.set('cookie', `${LANGUAGE_COOKIE}=${language}`);
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('permissions-policy', PERMISSIONS);
  return response;
}
