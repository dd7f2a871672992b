'use client';
// Said where a call begins, to those who read the page in a language that the agents do not speak: as
// long as a worker reports the built-in speech, which is English.
import { useAgents } from '@/components/call/agents-store';
import { isEnglishSpeech } from '@/lib/language/speech';
import { languageTexts } from '@/lib/text/language';
import { useTexts } from './language';

export function SpokenLanguage() {
  const { spoken } = useTexts(languageTexts).languageText;
  const runs = useAgents().agents.flatMap(({ deployments }) =>
    deployments.flatMap((deployment) => deployment.runs),
  );
  const english = runs.some(({ stt, tts }) =>
    [stt[0], tts[0]].some((first) => first !== undefined && isEnglishSpeech(first)),
  );
  return spoken && english && <p className="mt-1 text-[14px] text-soft">{spoken}</p>;
}
