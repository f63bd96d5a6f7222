import { negated, type Wish } from '../../domain/words/negation.ts';
import { hasShape } from '../../domain/words/short-answer.ts';
import { callbackTopic, wishForCall } from '../appeals/callback.ts';
import { likelyCategory } from '../appeals/filing.ts';
import { startAppeal } from '../appeals/form.ts';
import { urge, withdraw } from '../appeals/own-appeals.ts';
import { startRating } from '../appeals/rating.ts';
import { statusWithAlarm } from '../danger/status.ts';
import { here, type Outcome, type Turn } from '../kernel/turn.ts';
import { latestNews } from '../news/reading.ts';
import { subscribe, unsubscribe } from '../news/subscription.ts';
import { tellPrivacy } from '../privacy/privacy.ts';
import { reckonAnything } from '../reckoning/reckon.ts';
import { remind } from '../reminders/remind.ts';
import { offerHelp } from './fallback.ts';
import { showMenu } from './menu-page.ts';
import { whatItIs } from './small-talk.ts';

/** What the bot does itself, by topic. */
const actions: Record<string, (turn: Turn, text: string) => Promise<Outcome | undefined>> = {
  'action.greeting': async (turn) => said(turn, 'action.greeting', turn.say('talk.greeting', { bot: turn.content.community.botName })),
  'action.thanks': async (turn) => said(turn, 'action.thanks', turn.say('talk.thanks')),
  'action.menu': (turn) => showMenu(turn, turn.content.menu),
  'action.human': async (turn) => ({ ...(await startAppeal(turn, 'appeal.other', '', '咨询')), decision: 'action', topic: 'action.human' }),
  'action.message-board': async (turn) => ({
    ...(await startAppeal(turn, 'appeal.suggestion', '')),
    decision: 'action',
    topic: 'action.message-board',
  }),
  'action.about-bot': async (turn) => whatItIs(turn),
  'action.callback': (turn) => wishForCall(turn, turn.text),
  'action.emergency': notInDanger,
  'action.reminder': async (turn, text) => (await remind(turn, text)) ?? { ...(await offerHelp(turn, text)), topic: null },
  'action.privacy': async (turn) => ({ decision: 'action', topic: 'action.privacy', replies: await tellPrivacy(turn) }),
  'action.wrong-answer': noteWrong,
  'action.calculate': reckonAnything,
  'action.appeal-status': statusWithAlarm,
  'action.appeal-urge': urge,
  'action.appeal-rate': startRating,
  'action.appeal-withdraw': withdraw,
  'news.latest': latestNews,
  'news.subscribe': subscribe,
  'news.unsubscribe': unsubscribe,
};

/** From here on a message reports something, whatever it is. */
const surelyReports = 0.8;

const wishesOf: Readonly<Record<string, Wish>> = {
  'action.human': 'human',
  'action.appeal-withdraw': 'withdraw',
  'news.subscribe': 'subscribe',
  'news.unsubscribe': 'unsubscribe',
};

/** Does what an action topic stands for; `text` is the question, empty when it was chosen. Undefined when the topic is not an action. */
export async function runAction(turn: Turn, topic: string, text: string): Promise<Outcome | undefined> {
  const act = actions[topic];
  const denied = deniedOf(turn, topic);
  if (act && denied) return said(turn, topic, turn.say(`declined.${denied}`));
  if (act) return act(turn, text);
  if (!topic.startsWith('action.') && !topic.startsWith('news.')) return undefined;
  return { ...(await offerHelp(turn, turn.text)), topic };
}

/** Of what is changed or called for only what no clause of the message denies is done: "消息我也不退订，我看你们每周说什么". */
function deniedOf({ text, content }: Turn, topic: string): Wish | 'call' | undefined {
  const said = content.simplify(text);
  if (topic === callbackTopic) return hasShape(said, content.talkWords.unmeant) ? 'call' : undefined;
  const wish = wishesOf[topic];
  return wish && said.split(/[,，。.!！;；\s]+/u).some((clause) => negated(clause, wish, content.wishes)) ? wish : undefined;
}

function said(turn: Turn, topic: string, text: string): Outcome {
  return { decision: 'action', topic, replies: [here(turn, text)] };
}

/** "道闸砸到我的车了": what sounds like danger and is none is taken down where it surely reports something. */
async function notInDanger(turn: Turn): Promise<Outcome> {
  const reports = (turn.understood.act?.report ?? 0) >= surelyReports;
  if (reports) return startAppeal(turn, likelyCategory(turn.content, turn.understood)?.id ?? 'appeal.other', turn.text);
  return { ...(await offerHelp(turn, turn.text)), topic: 'action.emergency' };
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
