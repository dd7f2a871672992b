// What people read who call from another site, in English.

export const embedText = {
  title: (person: string) => `Talk to ${person}`,
  nobody: 'There is nobody to call here',
  nobodyHint: (agent: string) => `The script tag names “${agent}”, and there is no such agent.`,
} as const;
