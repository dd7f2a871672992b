// The web app manifest, for installing the page on a home screen.
import type { MetadataRoute } from 'next';
import { getTranslations } from 'next-intl/server';
import { appConfig } from '@/app-config';

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('shell');
  return {
    name: appConfig.productName,
    short_name: appConfig.productName,
    description: t('description'),
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
