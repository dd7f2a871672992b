// The routes of insights in the API's description.
import { empty, file, type Operations } from '@/lib/http/operation';

const SIGNED =
  'For LiveKit agents: their framework sends it to `LIVEKIT_OBSERVABILITY_URL`. See [Insights](insights.md). The token is a JWT ' +
  'signed with the LiveKit secret (HS256), with `iss`: the LiveKit key, `nbf`, `exp`, and `observability`: `{"write": true}`.';

export const insightsOperations: Operations = {
  'POST /observability/[signal]/otlp/v0': {
    summary: 'Traces, logs or metrics of a session',
    description: `${SIGNED} The body is an OTLP request in protobuf (\`application/x-protobuf\`) or JSON, also with gzip. \`signal\` is \`traces\`, \`logs\` or \`metrics\`.`,
    answers: [file('application/x-protobuf', 'An empty OTLP response, in the format of the body.')],
    problems: ['unknown-room', 'too-many-attempts', 'busy', 'slow-body'],
  },
  'POST /observability/recordings/v0': {
    summary: 'History and recording of a session',
    description: `${SIGNED} The body is a form (\`multipart/form-data\`) with the files \`header\` (\`livekit.MetricsRecordingHeader\` in protobuf), \`chat_history\` (JSON) and \`audio\` (Ogg).`,
    answers: [empty('Stored, or kept until it can be.', 200)],
    problems: ['unknown-room', 'too-many-attempts', 'busy', 'slow-body'],
  },
};
