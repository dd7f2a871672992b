// Written from the files in agent/agents/ by `npm start`, `npm run dev` and `npm run setup`. Do not edit.
export const agents = [
  {
    "name": "front-desk",
    "person": "Ada",
    "role": "front desk",
    "summary": "Opening hours, appointments, messages",
    "voice": "slt",
    "deployments": [
      "production",
      "staging"
    ],
    "handOver": "same"
  },
  {
    "name": "line-check",
    "person": "Milo",
    "role": "line check",
    "summary": "Repeats what it heard and how fast it answered",
    "voice": "awb",
    "deployments": [
      "production",
      "staging"
    ],
    "handOver": "same"
  },
  {
    "name": "billing",
    "person": "Frank",
    "role": "billing",
    "summary": "Bills, payments and prices",
    "voice": "rms",
    "deployments": [
      "production",
      "staging"
    ],
    "handOver": "same"
  }
] as const;
