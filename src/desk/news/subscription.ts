import { asKept } from '../kernel/standing.ts';
import { here, type Outcome, type Turn } from '../kernel/turn.ts';
import { dropCopies } from './broadcast.ts';

/** 订阅: from now on the regular broadcasts come privately too. */
export async function subscribe(turn: Turn): Promise<Outcome> {
  const { person, content, say } = turn;
  const said = (text: string): Outcome => ({ decision: 'action', topic: 'news.subscribe', replies: [here(turn, text)] });
  if (!content.broadcasts.broadcasts.some(({ subscribers }) => subscribers)) return said(say('news.howToHear'));
  if (!person.reachable) return said(say('bulletin.friendFirst', { bot: content.community.botName }));
  if (person.subscribedAt !== undefined) return said(say('bulletin.subscribedAlready'));
  await turn.tx.put('people', asKept({ ...person, subscribedAt: turn.now.toISOString() }));
  return said(say('bulletin.subscribed'));
}

/** 退订: no more of them, what is on its way included. */
export async function unsubscribe(turn: Turn): Promise<Outcome> {
  const { subscribedAt, ...person } = turn.person;
  const said = (text: string): Outcome => ({ decision: 'action', topic: 'news.unsubscribe', replies: [here(turn, text)] });
  if (subscribedAt === undefined) return said(turn.say('news.howToMute'));
  await turn.tx.put('people', asKept(person));
  await dropCopies(turn.tx, { person: person.id });
  return said(turn.say('bulletin.unsubscribed'));
}
