// In which language a language model is to talk, as a paragraph to append to an agent's instructions.
import { isEnglish } from '@/lib/language/caller';

/** Empty for English, in which the instructions are. @param tag BCP 47 */
export function languageText(tag: string): string {
  if (isEnglish(tag)) return '';
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  return `\n\nThe caller speaks ${language}. Speak ${language} from the first word on, and put what stands here or what a tool returned into ${language}. Arguments of tools stay in English where they name something that stands here.`;
}
