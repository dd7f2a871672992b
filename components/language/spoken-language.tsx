'use client';
// Said where a call begins, to those who read the page in another language than English: the chosen agent
// speaks English only.
import { useAgents } from '@/components/call/agents-store';
import { speaksEnglishOnly } from '@/lib/core/speech-languages';
import { languageTexts } from '@/lib/messages/language';
import { useTexts } from './language';

interface SpokenLanguageProps {
  /** Agent name. */
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
}

export function SpokenLanguage({ agent, deployment }: SpokenLanguageProps) {
  const { spoken } = useTexts(languageTexts).languageText;
  const runs = useAgents()
    .agents.find(({ name }) => name === agent)
    ?.deployments.find(({ name }) => name === deployment)?.runs;
  return (
    spoken &&
    runs?.some(speaksEnglishOnly) && <p className="mt-1 text-[14px] text-soft">{spoken}</p>
  );
}
