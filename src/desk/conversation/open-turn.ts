import { thresholds } from '../../domain/understanding/danger.ts';
import type { Understood } from '../../domain/understanding/result.ts';
import { mask } from '../../domain/words/masking.ts';
import { matterIn } from '../../domain/words/talk.ts';
import { accountOf, firstAccount } from '../kernel/accounts.ts';
import { type Asked, waiting } from '../kernel/asked.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { App } from '../kernel/desk.ts';
import type { Message } from '../kernel/message.ts';
import { officeTime } from '../kernel/office-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Conversation, Room } from '../kernel/rows.ts';
import { asHeardOn } from '../kernel/standing.ts';
import { conversationId, isTalkedAbout, type Turn } from '../kernel/turn.ts';
import { readAtMost } from '../kernel/whole.ts';
import { commands, questions } from '../parts.ts';

/** So much (log-odds) a calm talk says against danger. */
const calm = 2.2;

/** Everything that is known of a message when it is heard; undefined where whoever says it, or the group, is not known. */
export async function openTurn(app: App, tx: Transaction, message: Message, now: Date): Promise<Turn | undefined> {
  const { account = firstAccount } = message;
  const person = await tx.get('people', message.person);
  const known = message.room === undefined ? undefined : await tx.get('rooms', message.room);
  if (!person || (message.room !== undefined && !known)) return undefined;
  const room = known && (await noteActive(tx, known, now));
  const id = conversationId(message);
  // The turn notes in it what is talked about.
  const conversation: Conversation = { ...((await tx.get('conversations', id)) ?? { id, misses: 0 }) };
  const stack = waiting(await tx.get('questions', id), now);
  const raw = beginningOf(wordsOf(app, message));
  const { text, found: numbers } = mask(raw);
  const content = await app.overlay.over(app.content.current(), tx);
  const context = conversation.topic !== undefined && isTalkedAbout(conversation, now) ? { topic: conversation.topic } : {};
  return {
    message,
    account,
    idsLast: accountOf(app.accounts, account)?.profile.idsSurviveLogin ?? true,
    text,
    raw,
    numbers,
    person: asHeardOn(person, account),
    room,
    conversation,
    asked: stack.at(-1),
    covered: stack.slice(0, -1),
    questions,
    commands,
    understood: asOverheard(
      message,
      inTalk(
        content.understand(matterIn(message.page ? mask(beginningOf(message.text)).text : text, content.talkWords), context),
        text,
        content,
        context.topic ?? offered(stack.at(-1)),
      ),
    ),
    lately: app.lately.before(id, now),
    tx,
    now,
    ids: app.ids,
    content,
    ...officeTime(content.calendar, app.workCalendars),
    say: app.say,
    vault: app.vault,
    backups: app.backups,
    papers: app.papers,
    street: app.street,
    siteUrl: app.siteUrl,
    secrets: app.secrets,
    cut: new Set(message.text.length > readAtMost ? [readAtMost] : []),
    changed: new Map(),
    alarms: new Set(),
  };
}

/** What was said, with the number that was filled in beside it. */
function wordsOf({ say }: App, { text, page }: Message): string {
  const phone = page?.does === 'report' ? page.phone : undefined;
  return phone === undefined ? text : say('site.report.withPhone', { text, phone });
}

/** In a group, unasked, only danger that is told in plain words makes the bot speak: neighbours' talk is full of what sounds like it. */
function asOverheard({ room, addressed }: Message, understood: Understood): Understood {
  const { emergency } = understood;
  if (room === undefined || addressed || !emergency || emergency.belief >= thresholds.group) return understood;
  return { ...understood, emergency: null };
}

/**
 * Calm talk around a word is evidence against: who asks about 工伤 and goes on "手现在还痛得很" is asked nothing, unless a rule names what is said.
 * Whoever asks about gas, violence or despair may be in it.
 */
function inTalk(understood: Understood, text: string, content: Snapshot, topic: string | undefined): Understood {
  const { emergency } = understood;
  const isCalm = topic !== undefined && content.answers.has(topic) && !content.dangerTalk.grave.has(topic);
  if (!emergency || !isCalm || content.emergencyOf(text)) return understood;
  const belief = emergency.belief - calm;
  if (belief < thresholds.ask) return { ...understood, emergency: null };
  return { ...understood, emergency: { ...emergency, belief, certainty: belief < thresholds.card ? 'unsure' : 'explicit' } };
}

/** The first of the topics between which somebody is to choose: what the talk is about, as far as is known. */
const offered = (asked: Asked | undefined) => (asked?.question.kind === 'choice' ? asked.question.topics[0] : undefined);

/** What is read of a message. A number at the cut goes with the rest: half of it would not be known for one and not be masked. */
function beginningOf(text: string): string {
  return text.length <= readAtMost ? text : text.slice(0, readAtMost).replace(/[^。！？\n]{0,60}$/u, '');
}

/** When something was last heard in a group, to the hour: that is all that is needed, and it is seldom written. */
async function noteActive(tx: Transaction, room: Room, now: Date): Promise<Room> {
  const hour = `${now.toISOString().slice(0, 13)}:00:00.000Z`;
  if (room.activeAt === hour) return room;
  const active = { ...room, activeAt: hour };
  await tx.put('rooms', active);
  return active;
}
