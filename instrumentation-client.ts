// Runs in the browser before the page wakes.
import { surviveTranslation } from '@/components/language/translated';
import { followTheme } from '@/components/settings/theme';
import { supplyRandomUuid } from '@/components/ui/browser';

declare global {
  var __zod_globalConfig: { readonly jitless: boolean };
}

// Schemas are checked without compiling code: zod would try whether it may, and the attempt alone counts as a breach of the
// Content-Security-Policy, which tests look for. Not by zod's `config`, which is 5 KB of what every page loads.
globalThis.__zod_globalConfig = { jitless: true };
supplyRandomUuid();
surviveTranslation();
followTheme();
