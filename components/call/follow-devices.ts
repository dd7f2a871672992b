// A device chosen in the settings during a call is used at once, wherever it was chosen.
import { currentSettings, onSettings } from '@/components/settings/settings-store';
import type { AgentVoice } from './agent-voice';
import type { Microphone } from './microphone';

/** Follows the settings; returns what stops that. */
export function followDevices(microphone: Microphone, voice: AgentVoice): () => void {
  let was = currentSettings();
  return onSettings(() => {
    const now = currentSettings();
    if (now.microphone !== was.microphone) void microphone.choose(now.microphone);
    if (now.speaker !== was.speaker) voice.route(now.speaker);
    was = now;
  });
}
