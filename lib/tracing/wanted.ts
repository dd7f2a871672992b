// What is exported, by OpenTelemetry's settings. Separate from the exporters, so that OpenTelemetry is not loaded otherwise.

type Env = Readonly<Record<string, string | undefined>>;

/** Whether an endpoint is configured for a signal, and exporting it is not disabled. */
function isWanted(signal: 'TRACES' | 'METRICS', env: Env): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (env[`OTEL_${signal}_EXPORTER`] === 'none') return false;
  return Boolean(env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] || env.OTEL_EXPORTER_OTLP_ENDPOINT);
}

/** Whether traces are exported. */
export const tracesWanted = (env: Env): boolean => isWanted('TRACES', env);
/** Whether metrics of agents are exported. */
export const metricsWanted = (env: Env): boolean => isWanted('METRICS', env);
