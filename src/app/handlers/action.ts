import { inShanghai, spokenTime } from '../../domain/clock-time.ts';
import { localValue } from '../answer-text.ts';
import { stateTitle } from '../appeals.ts';
import { currentNews } from '../newsroom.ts';
import { here, type Outcome, privately, type Turn } from '../turn.ts';
import { startAppeal } from './appeal.ts';
import { offerHelp } from './fallback.ts';
import { showMenu } from './menu-page.ts';

/** What the bot does itself, by topic. */
const actions: Record<string, (turn: Turn) => Promise<Outcome | undefined>> = {
  'action.greeting': async (turn) => said(turn, 'action.greeting', turn.say('talk.greeting', { bot: turn.content.community.botName })),
  'action.thanks': async (turn) => said(turn, 'action.thanks', turn.say('talk.thanks')),
  'action.menu': (turn) => showMenu(turn, turn.content.menu),
  'action.human': (turn) => startAppeal(turn, 'appeal.other', '', '咨询'),
  'action.message-board': (turn) => startAppeal(turn, 'appeal.suggestion', ''),
  'action.privacy': async (turn) => said(turn, 'action.privacy', turn.say('privacy.notice', { phone: localValue('office.phone', turn) })),
  'action.wrong-answer': noteWrong,
  'action.appeal-status': status,
  'action.appeal-urge': urge,
  'news.latest': latest,
};

/** Does what an action topic stands for. Undefined when the topic is not an action. */
export async function runAction(turn: Turn, topic: string): Promise<Outcome | undefined> {
  const act = actions[topic];
  if (act) return act(turn);
  if (!topic.startsWith('action.') && !topic.startsWith('news.')) return undefined;
  return { ...(await offerHelp(turn, turn.text)), topic };
}

function said(turn: Turn, topic: string, text: string): Outcome {
  return { decision: 'action', topic, replies: [here(turn, text)] };
}

/** "答非所问": a miss against the answer that was given last. */
async function noteWrong(turn: Turn): Promise<Outcome> {
  const topic = turn.conversation.topic;
  if (topic !== undefined) {
    await turn.tx.insert('feedback', {
      id: turn.ids.id(),
      text: turn.text.slice(0, 200),
      topic,
      verdict: 'rejected',
      person: turn.person.id,
      at: turn.now.toISOString(),
    });
    delete turn.conversation.topic;
  }
  return said(turn, 'action.wrong-answer', turn.say('talk.sorry'));
}

/** The resident's own appeals, latest first; in a group they are told in private. */
async function status(turn: Turn): Promise<Outcome> {
  const own = await turn.tx.find('appeals', { person: turn.person.id }, { by: 'createdAt', descending: true, limit: 5 });
  const lines = own.map((appeal) =>
    turn.say('status.line', {
      number: appeal.id,
      state: stateTitle(appeal.state, turn.say),
      category: turn.content.titles.get(appeal.category) ?? '',
      date: spokenTime(new Date(appeal.createdAt)),
      word: appeal.result ?? appeal.history.findLast((step) => step.move === 'answer')?.text ?? '',
    }),
  );
  const text = own.length === 0 ? turn.say('status.none') : turn.say('status.list', { lines: lines.join('\n') });
  return inPrivate(turn, 'action.appeal-status', text);
}

/** 催办: shows on the latest open appeal, at most once a day; never opens a new one. */
async function urge(turn: Turn): Promise<Outcome> {
  const open = await turn.tx.find(
    'appeals',
    { person: turn.person.id, state: ['registered', 'accepted', 'in_progress', 'referred'] },
    { by: 'createdAt', descending: true, limit: 1 },
  );
  const [appeal] = open;
  if (!appeal) return inPrivate(turn, 'action.appeal-urge', turn.say('status.none'));
  const today = inShanghai(turn.now).date;
  const text =
    appeal.urgedOn === today ? turn.say('status.urgedAlready', { number: appeal.id }) : turn.say('status.urged', { number: appeal.id });
  if (appeal.urgedOn !== today) await turn.tx.put('appeals', { ...appeal, urgedOn: today, urges: (appeal.urges ?? 0) + 1 });
  return inPrivate(turn, 'action.appeal-urge', text);
}

async function latest(turn: Turn): Promise<Outcome> {
  const items = currentNews(turn.content.news, inShanghai(turn.now).date).slice(0, 5);
  const lines = items.map((item) => turn.say('news.item', { title: item.title, text: item.text, date: item.date }));
  return said(turn, 'news.latest', items.length === 0 ? turn.say('news.none') : turn.say('news.latest', { items: lines.join('\n\n') }));
}

function inPrivate(turn: Turn, topic: string, text: string): Outcome {
  if (!turn.room) return said(turn, topic, text);
  const hint = turn.person.reachable ? turn.say('group.seePrivate') : turn.say('group.addMe', { bot: turn.content.community.botName });
  return { decision: 'action', topic, replies: turn.person.reachable ? [here(turn, hint), privately(turn, text)] : [here(turn, hint)] };
}
