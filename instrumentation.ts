// Next runs this once, when the web process starts: from then on it keeps the calls, counts them,
// and traces them where that is wanted. Beyond this machine it does not start without sign-in.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  await (await import('@/lib/accounts/first-account')).requireSignInSettings();
  (await import('@/lib/limits/address')).noteAddresses();
  const { startCounting } = await import('@/lib/metrics/metrics');
  startCounting();
  const { tracesWanted } = await import('@/lib/traces/wanted');
  if (tracesWanted(process.env)) (await import('@/lib/traces/trace-calls')).traceCalls();
  (await import('@/lib/open-streams')).closeWhenEnding();
  const { keepCalls } = await import('@/lib/calls/tell/keep-calls');
  try {
    keepCalls();
    (await import('@/lib/processes/hear-others')).hearOthers();
    await (await import('@/lib/rules/in-force')).followRules();
    const { watching } = await import('@/lib/watch/watch');
    watching();
    (await import('@/lib/rollout/watch')).watchRollouts();
  } catch (error) {
    // Pages and routes say what is wrong with the settings; the process is to be there for that.
    console.error(`calls are not kept: ${error}`);
  }
}
