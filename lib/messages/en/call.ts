// What the start page and the page of a caller still read; the messages of calls are in `callDetails.json`.
export const callText = {
  overrides: {
    title: 'Try another model, voice or instructions',
    models: 'Models',
    modelsHint: 'In order of fallback, separated by commas. Empty: as configured.',
    voice: 'Voice',
    voiceHint: 'Of the speech server, or of the text to speech that is set.',
    instructions: 'Instructions',
    instructionsHint:
      'For the models, in place of those of the agent. For calls on staging until you close this page.',
  },
  back: 'History',
} as const;
