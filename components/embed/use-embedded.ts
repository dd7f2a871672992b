// Whether this is the page that other sites show in a frame: it leaves out what belongs to our own pages.
import { usePathname } from 'next/navigation';
import { EMBED_PATH } from '@/lib/core/embed-sites';

export const useEmbedded = (): boolean => usePathname() === EMBED_PATH;
