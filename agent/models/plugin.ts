// The framework's OpenAI plugin, loaded only if the configuration names one of its models: an agent
// with only its scripted agent starts without it.

/** The plugin; loaded once per process. */
export const openAiPlugin = () => import('@livekit/agents-plugin-openai');
