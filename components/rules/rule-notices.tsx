'use client';
// Notices about the rules: an invalid file, a change made elsewhere, and a failed save.
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { rulesMessages } from '@/lib/messages/rules';
import { CHANGED, type RulesOnPage } from './use-rules';

type Seen = Pick<RulesOnPage, 'now' | 'problem' | 'reload'>;

function Faults({ now }: { readonly now: NonNullable<Seen['now']> }) {
  const { rulesText } = useMessages(rulesMessages);
  return (
    <ul className="mt-2 grid gap-1.5 text-ink">
      {now.faults.map(({ line, column, pointer, detail }) => (
        <li key={`${line} ${column} ${pointer} ${detail}`}>
          {line !== undefined && column !== undefined && (
            <span className="font-semibold">{rulesText.broken.place(line, column)}: </span>
          )}
          {pointer && <code className="break-all text-[13px]">{pointer} </code>}
          {detail}
        </li>
      ))}
    </ul>
  );
}

const again = (label: string, reload: Seen['reload']) => <Button onClick={reload}>{label}</Button>;

/** Why rules cannot be changed: the file is invalid, or could not be read. */
export function FileNotice({ now, problem, reload }: Seen) {
  const { broken, notLoaded } = useMessages(rulesMessages).rulesText;
  if (now && now.faults.length > 0) {
    return (
      <Notice
        tone="stop"
        title={broken.title(now.file)}
        className="max-w-none"
        body={
          <>
            {broken.body}
            <Faults now={now} />
          </>
        }
      >
        {again(broken.again, reload)}
      </Notice>
    );
  }
  if (now || !problem) return null;
  return (
    <Notice tone="stop" urgent title={notLoaded.title} body={problem.message}>
      {again(notLoaded.again, reload)}
    </Notice>
  );
}

/** Why the last change was not saved. */
export function ChangeNotice({ now, problem, reload }: Seen) {
  const { changed, failed } = useMessages(rulesMessages).rulesText;
  if (!now || !problem) return null;
  if (problem.status !== CHANGED) {
    return (
      <Notice tone="stop" urgent title={failed.title} body={problem.message} className="mt-0!" />
    );
  }
  return (
    <Notice tone="standby" urgent title={changed.title} body={changed.body} className="mt-0!">
      {again(changed.again, reload)}
    </Notice>
  );
}
