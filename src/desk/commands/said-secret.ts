import type { Turn } from '../kernel/turn.ts';
import { afterSlash, commandIn } from './parse.ts';

/** What somebody says as a PIN or a code, also behind the word for it: "K7M29QXT", "/口令 739251", "口令：739251". */
export function saidSecret({ raw, content }: Pick<Turn, 'raw' | 'content'>): string {
  const called = commandIn(afterSlash(raw) ?? raw.trim(), content.commands);
  return called?.id === 'pin' ? called.rest : raw.trim();
}
