// Why somebody takes a step, stops or promotes, as the address of the request says.
import { parseJson } from '@/lib/http/read-json';
import { reasonText } from './rollout';

/** `?reason=`, empty where it is left out. @throws {Problem} 400 where it is too long */
export const reasonIn = ({ url }: Request): string =>
  parseJson(JSON.stringify(new URL(url).searchParams.get('reason') ?? ''), reasonText);
