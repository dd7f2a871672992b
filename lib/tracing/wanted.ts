// Whether traces are wanted, by OpenTelemetry's own settings. Apart from what makes them, so that
// nothing of OpenTelemetry is loaded where they are not.

/** Whether somebody said where traces go, and did not turn them off. */
export function tracesWanted(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (env.OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT);
}
