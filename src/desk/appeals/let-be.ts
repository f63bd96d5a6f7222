import { negated } from '../../domain/words/negation.ts';
import { bareWords, hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { actOf, spoken } from '../../domain/words/talk.ts';
import { readSolved } from '../../domain/words/verdict.ts';
import type { Turn } from '../kernel/turn.ts';

/** What is longer tells a story. */
const longestOver = 16;
const longestLetBe = 24;
/** Who asks for it to be taken back is asked about that. */
const asked = /撤|取消|作废|匿名/u;
/** Shorter words ("好", "行") say nothing of a matter. */
const leastOver = 2;

/** Whether somebody lets a report be: "算了嘛 不说了", "懒得跟你们扯", "我自己找人", "我先问问 别给我登记". */
export function letsBe(turn: Turn): boolean {
  const { content, text } = turn;
  if (saysOne(text, content.shortAnswers.cancel) || saysLetBe(turn, text)) return true;
  const clauses = bareWords(text).length > longestLetBe ? [] : clausesOf(content.simplify(text));
  return clauses.some((clause) => negated(clause, 'appeal', content.wishes));
}

const clausesOf = (text: string) => text.split(/[\s,，。.!！;；~…]+/u).filter((clause) => clause !== '');

function saysLetBe({ content }: Turn, text: string): boolean {
  const said = spoken(content.simplify(text));
  return said.length <= longestLetBe && content.talkWords.letBe.test(said);
}

/** Whether what somebody tells of is over without us: "来水了 谢谢", "他家修好了", "那算了，收走了". */
export function isOver(turn: Turn): boolean {
  const { content } = turn;
  const text = clausesOf(turn.text)
    .filter((clause) => !saysLetBe(turn, clause) && actOf(clause, content.talkWords) !== 'thank')
    .join('，');
  const said = bareWords(text);
  if (said.length < leastOver || said.length > longestOver || saysOne(text, content.shortAnswers.yes)) return false;
  const { asking, assure, notOverYet } = content.talkWords;
  if (hasShape(text, [...asking, ...assure, ...notOverYet]) || actOf(text, content.talkWords) === 'acknowledge') return false;
  const verdict = readSolved(content.simplify(text), content.verdicts);
  return verdict === 'yes' || (verdict === 'dropped' && !asked.test(said));
}
