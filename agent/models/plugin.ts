// The framework's plugin for OpenAI, loaded only where the settings name a model of it: an agent that
// thinks with its scripted agent starts without it.

/** The plugin; loaded once a process. */
export const openAiPlugin = () => import('@livekit/agents-plugin-openai');
