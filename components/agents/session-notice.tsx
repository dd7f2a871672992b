'use client';
// What callers can see of an agent that the team runs itself, and the line of code that hides it.
import { useTranslations } from 'next-intl';

/** As in docs/bring-your-agent.md; a test compares them. */
export const SESSION_CODE = {
  Python: 'await session.start(agent=agent, room=ctx.room, session_host=False)',
  Node: 'voice.SessionHost.prototype.registerSession = () => {};\nvoice.SessionHost.prototype.start = async () => {};',
} as const;

export function SessionNotice() {
  const t = useTranslations('agents.session');
  return (
    <details className="mt-1 text-sm text-muted-foreground">
      <summary className="min-h-11 w-fit cursor-pointer rounded-sm py-2.5 font-medium underline underline-offset-3">
        {t('title')}
      </summary>
      <p>{t('body')}</p>
      {Object.entries(SESSION_CODE).map(([language, code]) => (
        <div key={language} className="mt-2">
          <p>{language}</p>
          <pre className="num whitespace-pre-wrap rounded-sm bg-accent p-2 text-xs [overflow-wrap:anywhere]">
            {code}
          </pre>
        </div>
      ))}
    </details>
  );
}
