// Next runs this once, when the web process starts: from then on it keeps the calls, counts them,
// and traces them where that is wanted. Beyond this machine it does not start without sign-in.
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
  await (await import('@/lib/auth/first-account')).requireSignInSettings();
  (await import('@/lib/http/client-address')).recordAddresses();
  // Next sets PORT to the port on which it listens.
  (await import('@/lib/http/refused-requests')).refuseRequests(Number(process.env.PORT), {
    parseRouterState: parseAndValidateFlightRouterState,
    dev: process.env.NODE_ENV === 'development',
  });
  const { startCounting } = await import('@/lib/metrics/metrics');
  startCounting();
  const { tracesWanted } = await import('@/lib/tracing/wanted');
  if (tracesWanted(process.env)) (await import('@/lib/tracing/trace-calls')).traceCalls();
  (await import('@/lib/http/open-streams')).closeOnStop();
  const { startStoringCalls } = await import('@/lib/calls/ingest/store-calls');
  try {
    startStoringCalls();
    (await import('@/lib/startup/other-processes')).followOtherProcesses();
    await (await import('@/lib/rules/active-rules')).followRules();
    const { failover } = await import('@/lib/failover/failover');
    failover();
    (await import('@/lib/rollouts/monitor')).monitorRollouts();
    (await import('@/lib/startup/delete-expired')).deleteExpiredRegularly();
  } catch (error) {
    // Pages and routes say what is wrong with the settings; the process is to be there for that.
    logError('calls are not kept', error);
  }
}
