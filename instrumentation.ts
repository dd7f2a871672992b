// Next runs this once, when the web process starts: prepares the process, and creates and starts its server. Beyond this
// machine it does not start without sign-in.
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { cleanConsole, logError } = await import('@/lib/core/log');
  if (process.env.NODE_ENV === 'production') cleanConsole();
  // First, so that everything that is written from here on is private.
  const { protectFiles } = await import('@/lib/core/private-files');
  protectFiles(process.env.DATA_DIR || '.callboard');
  const { renamedSettings } = await import('@/lib/core/config');
  for (const warning of renamedSettings(process.env)) logError(warning);
  (await import('@/lib/auth/first-account')).requireSignInSettings();
  (await import('@/lib/http/client-address')).recordAddresses();
  const dev = process.env.NODE_ENV === 'development';
  const { builtHeaders, directRoutes } = await import('@/lib/http/direct-routes');
  // Next sets PORT to the port on which it listens.
  (await import('@/lib/http/refused-requests')).refuseRequests(Number(process.env.PORT), {
    parseRouterState: parseAndValidateFlightRouterState,
    dev,
    // The development server loads a route again when it has changed.
    ...(!dev && {
      direct: directRoutes({ '/api/token': await import('@/app/api/token/route') }, builtHeaders()),
    }),
  });
  const { currentServer, server } = await import('@/lib/server');
  (await import('@/lib/http/open-streams')).closeOnStop(currentServer);
  try {
    await server().start();
  } catch (error) {
    // Pages and routes say what is wrong with the settings; the process is to be there for that.
    logError('calls are not kept', error);
  }
}
