import { hasShape } from '../../domain/words/short-answer.ts';
import { spoken } from '../../domain/words/talk.ts';
import { startAppeal } from '../appeals/form.ts';
import { ownAppeals, status } from '../appeals/own-appeals.ts';
import { placeIn } from '../kernel/places.ts';
import { ask } from '../kernel/question.ts';
import { here, type Outcome, type Turn, talkAbout } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { offerChoice } from './choice.ts';
import { offerHelp } from './fallback.ts';

/** What says one thing plainly is no longer. */
const longestPlain = 40;
const longestAsked = 14;
/** Somebody at the door who may be false is a matter of this. */
const fraud = 'safety.fraud';
/** From here on an office question is offered beside the grievance that its words are near to. */
const mayBeOffice = 0.08;

/** What a few words say plainly, whatever they are near to: that something is to be reported, a question that reports nothing, somebody at the door. */
export async function plainWish(turn: Turn): Promise<Outcome | undefined> {
  const { content, text, understood } = turn;
  const { reporting, reportedBefore, againstUs, asksOnly, atDoor } = content.talkWords;
  const said = spoken(content.simplify(text));
  if (reporting.test(said)) return startAppeal(turn, 'appeal.other', '');
  if (hasShape(text, reportedBefore) && (await ownAppeals(turn)).length === 0) return status(turn);
  if (againstUs.test(said)) return startAppeal(turn, 'appeal.service-attitude', '');
  const [{ decision, topic }] = understood.questions;
  const isOther = decision === 'answer' && topic !== fraud && content.answers.has(topic ?? '');
  if (hasShape(text, atDoor) && said.length <= longestPlain && !isOther) return { ...(await doorway(turn)), topic: fraud };
  const reports = decision === 'answer' && content.categories.has(topic ?? '') && placeIn(content, text) === undefined;
  if (!reports || said.length > longestAsked || !hasShape(text, asksOnly)) return undefined;
  const office = understood.questions[0].candidates.find((each) => content.answers.has(each.topic) && each.score >= mayBeOffice);
  return office ? offerChoice(turn, [office.topic, topic ?? ''], null) : offerHelp(turn, text);
}

async function doorway(turn: Turn): Promise<Outcome> {
  const phone = localValue('office.phone', turn);
  talkAbout(turn, fraud);
  await ask(turn, { kind: 'offer', text: kept(turn, turn.text) });
  return { decision: 'answer', topic: null, replies: [here(turn, turn.say('talk.atDoor', { phone }))] };
}
