// The web app manifest, for installing the page on a home screen.
import type { MetadataRoute } from 'next';
import { appConfig } from '@/app-config';
import { requestMessages } from '@/components/language/request-messages';
import { mainMessages } from '@/lib/messages/main';

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { text } = await requestMessages(mainMessages);
  return {
    name: appConfig.productName,
    short_name: appConfig.productName,
    description: text.description,
    start_url: '/',
    display: 'standalone',
    background_color: '#f3f4f6',
    theme_color: '#07090c',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/apple-icon.png', sizes: '180x180', type: 'image/png' },
    ],
  };
}
