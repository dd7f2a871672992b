// The 404 page.
import Link from 'next/link';
import { requestMessages } from '@/components/language/request-messages';
import { mainMessages } from '@/lib/messages/main';

export const generateMetadata = async () => ({
  title: (await requestMessages(mainMessages)).text.missing.title,
});

export default async function NotFound() {
  const { text } = await requestMessages(mainMessages);
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-[68rem] flex-1 content-center px-4 sm:px-7"
    >
      <p className="num text-[15px] text-muted-foreground">404</p>
      <h1 className="mt-1 text-balance text-[clamp(2rem,1.2rem+4vw,3.5rem)] leading-tight">
        {text.missing.title}
      </h1>
      <p className="mt-3 text-[17px] text-muted-foreground">{text.missing.body}</p>
      <p className="mt-6">
        <Link
          href="/"
          className="inline-flex min-h-12 items-center rounded-md bg-primary px-5 font-semibold text-primary-foreground hover:bg-primary-hover"
        >
          {text.missing.back}
        </Link>
      </p>
    </main>
  );
}
