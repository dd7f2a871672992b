// Whether tracing is enabled, by OpenTelemetry's settings. Separate from the exporter, so that OpenTelemetry is not loaded
// otherwise.

/** Whether an endpoint is configured, and tracing is not disabled. */
export function tracesWanted(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (env.OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT);
}
