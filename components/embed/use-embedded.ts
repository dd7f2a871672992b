// Whether this page is shown in a frame on another site, and so hides navigation.
import { usePathname } from 'next/navigation';
import { EMBED_PATH } from '@/lib/core/embed-sites';

export const useEmbedded = (): boolean => usePathname() === EMBED_PATH;
