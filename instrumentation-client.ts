// Runs in the browser before the page wakes. Schemas are checked without compiling code: zod would try
// whether it may, and the attempt alone counts as a breach of the Content-Security-Policy.
import { config } from 'zod/mini';
import { surviveTranslation } from '@/components/language/translated';
import { supplyRandomUuid } from '@/components/ui/browser';

config({ jitless: true });
supplyRandomUuid();
surviveTranslation();
