// The rules behind the figures, for whoever asks what they mean.
import { useTexts } from '@/components/language/language';
import { ENOUGH, TELLING_MS, TELLING_SHARE } from '@/lib/calls/view/compare-stats';
import { agentsTexts } from '@/lib/text/agents';

export function Method() {
  const { agentsText } = useTexts(agentsTexts);
  return (
    <section className="mt-8 max-w-[44rem]">
      <h2 className="pb-1 text-[18px]">{agentsText.method.title}</h2>
      <ul className="grid gap-1 text-[14px] text-soft leading-relaxed">
        {agentsText.method.lines(ENOUGH, TELLING_MS, `${TELLING_SHARE * 100} %`).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
