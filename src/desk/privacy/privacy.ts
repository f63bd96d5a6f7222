import { inShanghai } from '../../domain/time/clock-time.ts';
import { mask } from '../../domain/words/masking.ts';
import type { Asked, QuestionKind } from '../kernel/asked.ts';
import { markOnce } from '../kernel/marks.ts';
import type { Reply } from '../kernel/message.ts';
import { waitingIn } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { here, privately, type Turn } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';
import type { Original } from './rows.ts';

/** What was told with a number in it, masked. */
interface Told {
  readonly id: string;
  readonly what: string;
  readonly place?: string;
}

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
    const first = await markOnce(turn, `notice/${person.id}/${inShanghai(turn.now).date}`, { person: person.id });
    return first ? [here(turn, turn.say('privacy.noticeGroup'))] : [];
  }
  await turn.tx.put('people', { ...person, noticedAt: at });
  return [privately(turn, privacyNotice(turn))];
}

/**
 * Keeps what was typed with its numbers, sealed, when it belongs to an appeal or to what may become one: whoever handles it may
 * have to phone. Otherwise a number is not kept at all, and what was typed for something that was dropped goes with it: it must
 * not turn up with the next appeal.
 */
export async function keepOriginal(turn: Turn): Promise<void> {
  const { tx, message, conversation, person } = turn;
  const appeals = [...turn.changed.keys(), ...turn.alarms];
  const waits = await waitingIn(turn, conversation.id);
  if (mayBecomeAppeal(waited(turn)) || appeals.length > 0) await settleLoose(turn, waits, appeals);
  if (turn.numbers.length === 0 || (appeals.length === 0 && !mayBecomeAppeal(waits))) return;
  const sealed = turn.vault.seal(turn.raw);
  await tx.put('originals', {
    id: message.id,
    person: person.id,
    conversation: conversation.id,
    appeals,
    sealed,
    at: turn.now.toISOString(),
  });
}

/** What was typed before goes to the appeals in which its numbers stand, masked, or is forgotten when none came of it. */
async function settleLoose(turn: Turn, waits: readonly Asked[], appeals: readonly string[]): Promise<void> {
  const changed = (await Promise.all(appeals.map((id) => matterOf(turn, id)))).flatMap((matter) => matter ?? []);
  const goesOn = mayBecomeAppeal(waited(turn)) && mayBecomeAppeal(waits);
  for (const original of await looseOriginals(turn)) {
    const fitting = mayBecomeAppeal(waited(turn)) ? changed.filter((appeal) => holdsNumberOf(turn, appeal, original)) : [];
    if (fitting.length > 0) await turn.tx.put('originals', { ...original, appeals: fitting.map(({ id }) => id) });
    else if (!goesOn) await turn.tx.remove('originals', original.id);
  }
}

/** The appeal or alarm in which a sealed number may stand. */
async function matterOf({ tx }: Turn, id: string): Promise<Told | undefined> {
  const alarm = await tx.get('alarms', id);
  return alarm ? { id, what: alarm.history.map(({ text = '' }) => text).join(' ') } : tx.get('appeals', id);
}

function holdsNumberOf({ vault }: Turn, { what, place = '' }: Told, { sealed }: Original): boolean {
  const numbers = mask(vault.open(sealed) ?? '').found.map(({ masked }) => masked);
  return numbers.some((number) => `${what} ${place}`.includes(number));
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

/** How staff come by the number that an appeal holds masked, from this message or one before it; empty when it holds none. */
export async function howToReveal(turn: Turn, appeal: Told): Promise<string> {
  const before = mayBecomeAppeal(waited(turn)) ? await looseOriginals(turn) : [];
  const holds = turn.numbers.length > 0 || before.some((original) => holdsNumberOf(turn, appeal, original));
  return holds ? turn.say('reveal.how', { number: appeal.id }) : '';
}

/** What was typed in this conversation for something that is no appeal yet. */
async function looseOriginals({ tx, conversation }: Turn): Promise<Original[]> {
  return (await tx.find('originals', { conversation: conversation.id })).filter(({ appeals }) => appeals.length === 0);
}

/** Questions of ours whose answer may make an appeal of what was said before. */
const beginnings: readonly QuestionKind[] = ['form', 'join', 'offer', 'choice', 'danger', 'callback'];

function mayBecomeAppeal(waiting: readonly Asked[]): boolean {
  return waiting.some(({ question }) => beginnings.includes(question.kind));
}

/** What waited when the message came. */
function waited({ asked, covered }: Turn): readonly Asked[] {
  return asked ? [...covered, asked] : covered;
}

/** A reply as it is kept until it is sent: one with somebody's number in it is sealed. */
export function sealedIfPersonal({ vault }: Turn, reply: Reply): Reply {
  return mask(reply.text).found.length === 0 ? reply : { ...reply, text: vault.seal(reply.text), sealed: true };
}

/** Whoever types a number of their own in a residents' group is asked, privately and once a day for each kind, to take it back. */
export async function askToTakeBack(turn: Turn): Promise<Reply[]> {
  const { room, person, now } = turn;
  if (room?.kind !== 'residents' || !person.reachable || may(person, 'worker')) return [];
  const [first] = turn.numbers;
  if (!first) return [];
  const id = `take-back/${person.id}/${first.kind}/${inShanghai(now).date}`;
  if (!(await markOnce(turn, id, { person: person.id }))) return [];
  return [privately(turn, turn.say('privacy.takeBack', { room: room.name }))];
}
