// The diary and the messages, as the server has them now; the page keeps itself fresh from there.
import { BookingsView } from '@/components/bookings/bookings-view';
import { texts } from '@/components/language/request-language';
import type { CalendarAddress } from '@/lib/accounts/calendar-key';
import { type DeskList, readDesk } from '@/lib/bookings/store/read-desk';
import { deskQuery, readDeskFilter } from '@/lib/bookings/view/page-filter';
import { parseDeskQuery } from '@/lib/bookings/view/query';
import { bookingsTexts } from '@/lib/text/bookings';
import { here, visit } from '../visit';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await texts(bookingsTexts)).bookingsText.title,
});

/** Loaded only where people sign in. Undefined also where the database does not answer. */
async function addressOf(account: string): Promise<CalendarAddress | undefined> {
  const { calendarAddress } = await import('@/lib/accounts/calendar-key');
  return calendarAddress(account).catch(() => undefined);
}

interface BookingsPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Undefined where the database does not answer, which the route tells the page. */
async function firstDesk(params: URLSearchParams): Promise<DeskList | undefined> {
  try {
    return await readDesk(parseDeskQuery(deskQuery(readDeskFilter(params))));
  } catch {
    return undefined;
  }
}

export default async function BookingsPage({ searchParams }: BookingsPageProps) {
  const { account } = await visit('/bookings', here('/bookings', await searchParams));
  const { bookingsText } = await texts(bookingsTexts);
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return (
    <main id="main" className="mx-auto w-full max-w-[68rem] flex-1 px-4 py-8 sm:px-7 lg:py-10">
      <h1 className="text-[34px] leading-tight">{bookingsText.title}</h1>
      <p className="mt-1 text-[16px] text-soft">{bookingsText.lead}</p>
      <BookingsView
        first={await firstDesk(new URLSearchParams(given))}
        servedAt={Date.now()}
        address={account === undefined ? undefined : await addressOf(account)}
      />
    </main>
  );
}
