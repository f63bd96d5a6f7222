import { negated } from '../../domain/words/negation.ts';
import { bareWords, hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { actOf, inCommon, spoken } from '../../domain/words/talk.ts';
import { readSolved } from '../../domain/words/verdict.ts';
import type { Turn } from '../kernel/turn.ts';

/** What is longer tells a story. */
const longestOver = 16;
const longestLetBe = 24;
/** Who asks for it to be taken back is asked about that. */
const asked = /撤|取消|作废|匿名/u;
/** Shorter words ("好", "行") say nothing of a matter. */
const leastOver = 2;

/** Whether somebody lets a report be: "算了嘛 不说了", "懒得跟你们扯", "我自己找人", "我先问问 别给我登记", "我不是投诉 我是问". */
export function letsBe(turn: Turn): boolean {
  const { content, text } = turn;
  if (saysOne(text, content.shortAnswers.cancel) || hasShape(text, content.talkWords.notWanted) || saysLetBe(turn, text)) return true;
  const clauses = bareWords(text).length > longestLetBe ? [] : clausesOf(content.simplify(text));
  return clauses.some((clause) => negated(clause, 'appeal', content.wishes));
}

const clausesOf = (text: string) => text.split(/[\s,，。.!！;；~…]+/u).filter((clause) => clause !== '');

function saysLetBe({ content }: Turn, text: string): boolean {
  const said = spoken(content.simplify(text));
  return said.length <= longestLetBe && content.talkWords.letBe.test(said);
}

/**
 * Whether what somebody tells of is over without us: "来水了 谢谢", "他家修好了", "那算了，收走了". Only what says so plainly counts, since it is
 * told unasked. @param matter what they told before, as far as it is known: "停了" is no end of a matter that is itself that something stopped
 */
export function isOver(turn: Turn, matter = ''): boolean {
  const { content } = turn;
  const clauses = clausesOf(turn.text).filter((clause) => !saysLetBe(turn, clause) && actOf(clause, content.talkWords) !== 'thank');
  const text = clauses.join('，');
  const said = bareWords(text);
  if (said.length < leastOver || said.length > longestOver || saysOne(text, content.shortAnswers.yes)) return false;
  const { asking, assure, over } = content.talkWords;
  if (hasShape(text, [...asking, ...assure, ...over.not]) || actOf(text, content.talkWords) === 'acknowledge') return false;
  const other = over.other.exec(said)?.[1];
  if (matter !== '' && other !== undefined && inCommon(other, matter) === 0) return false;
  const says = clauses.map((clause) => spoken(content.simplify(clause))).some((clause) => isEnd(turn, clause, matter));
  const verdict = says ? readSolved(content.simplify(text), content.verdicts) : undefined;
  return verdict === 'yes' || (verdict === 'dropped' && !asked.test(said));
}

/** Whether a clause says that something is over, and tells of nothing that the matter itself is. */
function isEnd({ content }: Turn, clause: string, matter: string): boolean {
  const { says, again } = content.talkWords.over;
  const verb = [...clause].find((each) => again.test(each));
  const at = verb === undefined ? -1 : matter.indexOf(verb);
  const isItself = at >= 0 && !/[没不莫未别]/u.test(matter.slice(Math.max(0, at - 3), at));
  return !isItself && says.some((shape) => shape.test(clause));
}
