// The messages of OTLP: https://github.com/open-telemetry/opentelemetry-proto, version 1.10, with the names of its JSON
// encoding. And the header with which LiveKit uploads recordings, from livekit_metrics.proto in
// https://github.com/livekit/protocol.
import type { INamespace } from 'protobufjs/light.js';

/** Fields by message: `name` is `type=number`; a type in brackets is repeated. */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Attributes.
  Resource: { attributes: '[KeyValue]=1', droppedAttributesCount: 'uint32=2' },
  InstrumentationScope: {
    ...{ name: 'string=1', version: 'string=2', attributes: '[KeyValue]=3' },
    droppedAttributesCount: 'uint32=4',
  },
  KeyValue: { key: 'string=1', value: 'AnyValue=2' },
  KeyValueList: { values: '[KeyValue]=1' },
  ArrayValue: { values: '[AnyValue]=1' },
  AnyValue: {
    ...{
      stringValue: 'string=1',
      boolValue: 'bool=2',
      intValue: 'int64=3',
      doubleValue: 'double=4',
    },
    ...{ arrayValue: 'ArrayValue=5', kvlistValue: 'KeyValueList=6', bytesValue: 'bytes=7' },
  },

  // Traces.
  Traces: { resourceSpans: '[ResourceSpans]=1' },
  ResourceSpans: { resource: 'Resource=1', scopeSpans: '[ScopeSpans]=2', schemaUrl: 'string=3' },
  ScopeSpans: { scope: 'InstrumentationScope=1', spans: '[Span]=2', schemaUrl: 'string=3' },
  Span: {
    ...{ traceId: 'bytes=1', spanId: 'bytes=2', traceState: 'string=3', parentSpanId: 'bytes=4' },
    ...{ name: 'string=5', kind: 'int32=6', attributes: '[KeyValue]=9', events: '[Event]=11' },
    ...{ startTimeUnixNano: 'fixed64=7', endTimeUnixNano: 'fixed64=8', status: 'Status=15' },
    ...{ links: '[Link]=13', flags: 'fixed32=16', droppedAttributesCount: 'uint32=10' },
    ...{ droppedEventsCount: 'uint32=12', droppedLinksCount: 'uint32=14' },
  },
  Event: {
    ...{ timeUnixNano: 'fixed64=1', name: 'string=2', attributes: '[KeyValue]=3' },
    droppedAttributesCount: 'uint32=4',
  },
  Link: {
    ...{ traceId: 'bytes=1', spanId: 'bytes=2', traceState: 'string=3' },
    ...{ attributes: '[KeyValue]=4', droppedAttributesCount: 'uint32=5', flags: 'fixed32=6' },
  },
  Status: { message: 'string=2', code: 'int32=3' },

  // Logs.
  Logs: { resourceLogs: '[ResourceLogs]=1' },
  ResourceLogs: { resource: 'Resource=1', scopeLogs: '[ScopeLogs]=2', schemaUrl: 'string=3' },
  ScopeLogs: {
    scope: 'InstrumentationScope=1',
    logRecords: '[LogRecord]=2',
    schemaUrl: 'string=3',
  },
  LogRecord: {
    ...{ timeUnixNano: 'fixed64=1', observedTimeUnixNano: 'fixed64=11', severityNumber: 'int32=2' },
    ...{ severityText: 'string=3', body: 'AnyValue=5', attributes: '[KeyValue]=6' },
    ...{ traceId: 'bytes=9', spanId: 'bytes=10', eventName: 'string=12', flags: 'fixed32=8' },
  },

  // Metrics.
  Metrics: { resourceMetrics: '[ResourceMetrics]=1' },
  ResourceMetrics: {
    ...{ resource: 'Resource=1', scopeMetrics: '[ScopeMetrics]=2', schemaUrl: 'string=3' },
  },
  ScopeMetrics: { scope: 'InstrumentationScope=1', metrics: '[Metric]=2', schemaUrl: 'string=3' },
  Metric: {
    ...{
      name: 'string=1',
      description: 'string=2',
      unit: 'string=3',
      gauge: 'Gauge=5',
      sum: 'Sum=7',
    },
    ...{ histogram: 'Histogram=9', exponentialHistogram: 'ExponentialHistogram=10' },
    ...{ summary: 'Summary=11', metadata: '[KeyValue]=12' },
  },
  Gauge: { dataPoints: '[NumberDataPoint]=1' },
  Sum: {
    ...{
      dataPoints: '[NumberDataPoint]=1',
      aggregationTemporality: 'int32=2',
      isMonotonic: 'bool=3',
    },
  },
  Histogram: { dataPoints: '[HistogramDataPoint]=1', aggregationTemporality: 'int32=2' },
  ExponentialHistogram: {
    ...{ dataPoints: '[ExponentialHistogramDataPoint]=1', aggregationTemporality: 'int32=2' },
  },
  Summary: { dataPoints: '[SummaryDataPoint]=1' },
  NumberDataPoint: {
    ...{ attributes: '[KeyValue]=7', startTimeUnixNano: 'fixed64=2', timeUnixNano: 'fixed64=3' },
    ...{ asDouble: 'double=4', asInt: 'sfixed64=6', exemplars: '[Exemplar]=5', flags: 'uint32=8' },
  },
  HistogramDataPoint: {
    ...{ attributes: '[KeyValue]=9', startTimeUnixNano: 'fixed64=2', timeUnixNano: 'fixed64=3' },
    ...{ count: 'fixed64=4', sum: 'double=5', bucketCounts: '[fixed64]=6' },
    ...{ explicitBounds: '[double]=7', exemplars: '[Exemplar]=8', flags: 'uint32=10' },
    ...{ min: 'double=11', max: 'double=12' },
  },
  ExponentialHistogramDataPoint: {
    ...{ attributes: '[KeyValue]=1', startTimeUnixNano: 'fixed64=2', timeUnixNano: 'fixed64=3' },
    ...{ count: 'fixed64=4', sum: 'double=5', scale: 'sint32=6', zeroCount: 'fixed64=7' },
    ...{ positive: 'Buckets=8', negative: 'Buckets=9', flags: 'uint32=10' },
    ...{
      exemplars: '[Exemplar]=11',
      min: 'double=12',
      max: 'double=13',
      zeroThreshold: 'double=14',
    },
  },
  Buckets: { offset: 'sint32=1', bucketCounts: '[uint64]=2' },
  SummaryDataPoint: {
    ...{ attributes: '[KeyValue]=7', startTimeUnixNano: 'fixed64=2', timeUnixNano: 'fixed64=3' },
    ...{ count: 'fixed64=4', sum: 'double=5', quantileValues: '[Quantile]=6', flags: 'uint32=8' },
  },
  Quantile: { quantile: 'double=1', value: 'double=2' },
  Exemplar: {
    ...{ filteredAttributes: '[KeyValue]=7', timeUnixNano: 'fixed64=2', asDouble: 'double=3' },
    ...{ asInt: 'sfixed64=6', spanId: 'bytes=4', traceId: 'bytes=5' },
  },

  // LiveKit's `MetricsRecordingHeader`.
  RecordingHeader: {
    ...{ roomId: 'string=1', durationMs: 'uint64=3', startTime: 'Timestamp=4', jobId: 'string=8' },
    ...{ simulated: 'bool=9', redactionEnabled: 'bool=10', sessionSummary: 'string=11' },
  },
  Timestamp: { seconds: 'int64=1', nanos: 'int32=2' },
};

function fieldOf(written: string) {
  const [type = '', id] = written.split('=');
  const repeated = type.startsWith('[');
  return {
    id: Number(id),
    type: repeated ? type.slice(1, -1) : type,
    ...(repeated && { rule: 'repeated' as const }),
  };
}

/** The messages as protobufjs reads them. */
export const otlpSchema: INamespace = {
  // Numbers in lists are packed, as in all of proto3.
  options: { edition: 'proto3' },
  nested: Object.fromEntries(
    Object.entries(MESSAGES).map(([message, fields]) => [
      message,
      {
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, written]) => [name, fieldOf(written)]),
        ),
      },
    ]),
  ),
};
