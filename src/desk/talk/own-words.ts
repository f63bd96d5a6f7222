import type { Wording } from '../../domain/content/wording.ts';
import { type Handler, here, type Turn } from '../kernel/turn.ts';

/** A line of ours is known by at least so many characters beside what was filled in. */
const leastFixed = 3;
/** One line of a message must be ours beyond doubt: nobody types so much of it by chance. */
const beyondDoubt = 10;

/**
 * Our own sentences, said back: forwarded by mistake, or by another bot that answers ours. They are no matter of whoever sends them, and
 * nothing is taken down.
 */
export const ownWords: Handler = async (turn) => {
  if (!isOwnWords(turn)) return undefined;
  return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.ownWords'))] };
};

export function isOwnWords({ message, text, content }: Turn): boolean {
  return message.kind === 'text' && isOurs(text, content.wording);
}

/** Whether every line of a text is one that we say, whatever was filled in. */
function isOurs(text: string, wording: Wording): boolean {
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line));
  const shapes = shapesOf(wording);
  const fixed = lines.map((line) => shapes.find(({ shape }) => shape.test(line.trim()))?.fixed ?? 0);
  return fixed.every((count) => count >= leastFixed) && fixed.some((count) => count >= beyondDoubt);
}

interface Shape {
  readonly shape: RegExp;
  /** How many characters of it are not filled in. */
  readonly fixed: number;
}

/** Kept as long as the wording itself: there are hundreds of sentences, and they seldom change. */
const known = new WeakMap<Wording, readonly Shape[]>();

function shapesOf(wording: Wording): readonly Shape[] {
  const before = known.get(wording);
  if (before) return before;
  const lines = new Set([...wording.values()].flat().flatMap((sentence) => sentence.split('\n').map((line) => line.trim())));
  const shapes = [...lines].map(shapeOf).filter(({ fixed }) => fixed >= leastFixed);
  // The surest first.
  shapes.sort((a, b) => b.fixed - a.fixed);
  known.set(wording, shapes);
  return shapes;
}

function shapeOf(line: string): Shape {
  const parts = line.split(/\{\w+\}/);
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { shape: new RegExp(`^${escaped.join('.*')}$`, 'u'), fixed: parts.join('').replace(/[^\p{L}\p{N}]/gu, '').length };
}
