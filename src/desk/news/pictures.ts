import { plusMinutes } from '../../domain/time/clock-time.ts';
import { settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { type Handler, here, type Turn } from '../kernel/turn.ts';

/** A picture belongs to the item that its author wrote within so many minutes before. */
export const togetherMinutes = 5;

/** What a channel keeps of a picture's name is its ending. */
const pictureName = /\.(?:png|jpe?g|gif|webp|bmp)$/i;

/** A picture that staff send just after they wrote an item joins it. */
export const newsPicture: Handler = async (turn) => {
  const { file, kind } = turn.message;
  if ((kind !== 'image' && kind !== 'file') || file === undefined || !may(turn.person, 'worker') || turn.asked?.question.kind === 'form')
    return undefined;
  const since = plusMinutes(turn.now, -togetherMinutes).toISOString();
  const item = (await turn.tx.find('newsItems', { by: turn.person.id, at: { atLeast: since } }, { by: 'at' })).at(-1);
  if (!item || item.removedAt !== undefined || item.publishedAt !== undefined) return undefined;
  if (kind === 'file') return { decision: 'action', topic: null, replies: [here(turn, turn.say('newsItem.onlyPictures'))] };
  await turn.tx.put('newsItems', { ...item, files: [...item.files, file] });
  return { decision: 'action', topic: null, replies: [here(turn, turn.say('newsItem.pictureAdded', { title: item.title }))] };
};

/** A picture that waits for words ("这是什么事？") and whose sender now writes an item belongs to that. */
export async function pictureOfJustNow(turn: Turn): Promise<string[]> {
  const question = turn.asked?.question;
  if (question?.kind !== 'form' || question.draft.what !== undefined || question.draft.files.length === 0) return [];
  // A list of names that was sent for something else must not go out to every group.
  if (!question.draft.files.every((file) => pictureName.test(file))) return [];
  await settle(turn);
  return question.draft.files;
}
