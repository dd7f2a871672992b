// The 404 page.
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('shell.missing'))('title'),
});

export default async function NotFound() {
  const t = await getTranslations('shell.missing');
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-[72rem] flex-1 content-center px-4 sm:px-7"
    >
      <p className="num text-base text-muted-foreground">404</p>
      <h1 className="mt-1 text-balance text-2xl leading-tight">{t('title')}</h1>
      <p className="mt-3 text-lg text-muted-foreground">{t('body')}</p>
      <p className="mt-6">
        <Link
          href="/"
          className="inline-flex min-h-12 items-center rounded-md bg-primary px-5 font-semibold text-primary-foreground hover:bg-primary-hover"
        >
          {t('back')}
        </Link>
      </p>
    </main>
  );
}
