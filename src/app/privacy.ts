import { inShanghai } from '../domain/clock-time.ts';
import { mask } from '../domain/masking.ts';
import { localValue } from './answer-text.ts';
import type { Reply } from './message.ts';
import { may } from './staff.ts';
import { here, privately, type Turn } from './turn.ts';

/** What becomes of what residents say, in three lines. */
export function privacyNotice(turn: Turn): string {
  return turn.say('privacy.notice', { community: turn.content.community.name, phone: localValue('office.phone', turn) });
}

/** The notice, because it was asked for: it need not be said again. */
export async function tellPrivacy(turn: Turn): Promise<Reply[]> {
  const person = await turn.tx.get('people', turn.person.id);
  if (person) await turn.tx.put('people', { ...person, noticedAt: turn.now.toISOString() });
  return [here(turn, privacyNotice(turn))];
}

/** The notice, once, before anything of a person is taken down for the first time (《个人信息保护法》第十七条). */
export async function noticeOnce(turn: Turn): Promise<Reply[]> {
  const person = await turn.tx.get('people', turn.person.id);
  if (!person || person.noticedAt !== undefined || may(person, 'worker')) return [];
  const at = turn.now.toISOString();
  if (turn.room && !person.reachable) {
    // The whole is told when they can be reached; until then the group hears what matters there, once.
    const first = await turn.tx.insert('chores', { id: `notice/${person.id}/${inShanghai(turn.now).date}`, at });
    return first ? [here(turn, turn.say('privacy.noticeGroup'))] : [];
  }
  await turn.tx.put('people', { ...person, noticedAt: at });
  return [privately(turn, privacyNotice(turn))];
}

/**
 * Keeps what was typed with its numbers, sealed, when it belongs to an appeal or to one that is being taken down: whoever handles
 * it may have to phone. Otherwise a number is not kept at all.
 */
export async function keepOriginal(turn: Turn): Promise<void> {
  const { tx, message, conversation, person } = turn;
  const appeals = [...turn.changed.keys()];
  if (mask(turn.raw).found.length > 0 && (appeals.length > 0 || (await isTakenDown(turn)))) {
    const sealed = turn.vault.seal(turn.raw);
    const at = turn.now.toISOString();
    await tx.put('originals', { id: message.id, person: person.id, conversation: conversation.id, appeals: [], sealed, at });
  }
  if (appeals.length === 0) return;
  for (const original of await tx.find('originals', { conversation: conversation.id }))
    if (original.appeals.length === 0) await tx.put('originals', { ...original, appeals });
}

/** What was typed for each appeal at hand, opened; by its number. */
export async function openedOriginals({ tx, vault, say }: Turn): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const { appeals, sealed } of await tx.find('originals', {}, { by: 'at' }))
    for (const number of appeals) {
      const text = vault.open(sealed) ?? say('reveal.lost');
      opened.set(number, opened.has(number) ? `${opened.get(number)}\n${text}` : text);
    }
  return opened;
}

/** How staff come by the number that a message, or one before it in this form, holds masked; empty when it holds none. */
export async function howToReveal(turn: Turn, number: string): Promise<string> {
  const before = await turn.tx.find('originals', { conversation: turn.conversation.id });
  const holds = mask(turn.raw).found.length > 0 || before.some(({ appeals }) => appeals.length === 0);
  return holds ? turn.say('reveal.how', { number }) : '';
}

/** Whether something is being taken down in this conversation now. */
async function isTakenDown({ tx, conversation }: Turn): Promise<boolean> {
  const waiting = await tx.get('pending', conversation.id);
  return [waiting?.question.kind, waiting?.aside?.kind].some((kind) => kind === 'form' || kind === 'join');
}

/** Whoever types a number of their own in a residents' group is asked, privately and once a day for each kind, to take it back. */
export async function askToTakeBack(turn: Turn): Promise<Reply[]> {
  const { tx, room, person, now } = turn;
  if (room?.kind !== 'residents' || !person.reachable || may(person, 'worker')) return [];
  const [first] = mask(turn.raw).found;
  if (!first) return [];
  const id = `take-back/${person.id}/${first.kind}/${inShanghai(now).date}`;
  if (!(await tx.insert('chores', { id, at: now.toISOString() }))) return [];
  return [privately(turn, turn.say('privacy.takeBack', { room: room.name }))];
}
