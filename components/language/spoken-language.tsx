'use client';
// A note before a call, on pages in other languages: the chosen agent speaks English only.
import { useAgents } from '@/components/call/agents-store';
import { speaksEnglishOnly } from '@/lib/core/speech-languages';
import { mainMessages } from '@/lib/messages/main';
import { useMessages } from './language';

interface SpokenLanguageProps {
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
}

export function SpokenLanguage({ agent, deployment }: SpokenLanguageProps) {
  const { spoken } = useMessages(mainMessages).languageText;
  const runs = useAgents()
    .agents.find(({ name }) => name === agent)
    ?.deployments.find(({ name }) => name === deployment)?.runs;
  return (
    spoken &&
    runs?.some(speaksEnglishOnly) && (
      <p className="mt-1 text-[14px] text-muted-foreground">{spoken}</p>
    )
  );
}
