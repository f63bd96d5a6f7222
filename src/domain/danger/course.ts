import { clausesOf } from './denial.ts';

/** What is said while somebody is in danger: that it is over, that it got worse, that somebody has died, where everybody is, or thanks. */
export const courses = ['over', 'worse', 'died', 'waiting', 'thanks'] as const;
export type Course = (typeof courses)[number];

/** The signs of each (data/danger-talk.yaml), over one clause without stops. */
export interface CourseWords {
  readonly over: readonly RegExp[];
  readonly worse: readonly RegExp[];
  readonly died: readonly RegExp[];
  /** Says it as well as that somebody has left: "他走了". */
  readonly gone: readonly RegExp[];
  readonly waiting: readonly RegExp[];
  readonly thanks: readonly RegExp[];
  /** What takes "没事了" back: "才怪". */
  readonly voids: readonly RegExp[];
  /** That help was called: no danger of its own ("打了119了"). */
  readonly called: readonly RegExp[];
  /** Who says it: "我是他儿子". */
  readonly relatives: readonly RegExp[];
  /** Words of danger, which tell "送医院了" from "修好了". */
  readonly about: readonly RegExp[];
  /** That they are outside, where they shall stay. */
  readonly cameOut: readonly RegExp[];
  /** Something was done to oneself; and a doctor has them in hand. */
  readonly done: readonly RegExp[];
  readonly treated: readonly RegExp[];
  /** Somebody is not out of danger yet, whatever else is said. */
  readonly notYet: readonly RegExp[];
  /** Asks whether to do a thing. */
  readonly asksHow: readonly RegExp[];
}

const longest = 600;

/**
 * How the danger that somebody told of goes on, as far as one message says. The last clause that says anything decides: "火灭了又着了"
 * is worse, "吓死了，人找到了" is over. Undefined when it says nothing of it.
 *
 * @param text in simplified characters, otherwise as written. Of what is long the end is read.
 */
export function courseOf(text: string, words: CourseWords): Course | undefined {
  const says = (clause: string, shapes: readonly RegExp[]) => shapes.some((shape) => shape.test(clause));
  let course: Course | undefined;
  let asked = false;
  for (const { words: clause, asks } of clausesOf(text.slice(-longest))) {
    const open = asks || says(clause, words.asksHow);
    asked ||= open;
    if (!open && (says(clause, words.died) || says(clause, words.gone))) return 'died';
    const voided = says(clause, words.voids);
    const worse = says(clause, words.worse) || voided;
    const over = !voided && !open && !/(?:没有?|么)$/u.test(clause) && says(clause, words.over);
    if (over && worse) course = lastOf(clause, words);
    else if (over || worse) course = over ? 'over' : 'worse';
    else if (course !== 'over' && course !== 'worse' && says(clause, words.waiting)) course = 'waiting';
  }
  // A question is no all-clear, nor is a hospital where they are still fighting for somebody.
  const isOpen = course === 'over' && (asked || says(text, words.notYet));
  return (isOpen ? undefined : course) ?? (says(text, words.thanks) ? 'thanks' : undefined);
}

/** Which of the two is said last in a clause: "人救上来了没呼吸", "差点没气了现在醒了". */
function lastOf(clause: string, { over, worse }: CourseWords): Course {
  return endOf(clause, over) > endOf(clause, worse) ? 'over' : 'worse';
}

function endOf(clause: string, shapes: readonly RegExp[]): number {
  return Math.max(
    ...shapes.map((shape) =>
      Math.max(-1, ...[...clause.matchAll(new RegExp(shape.source, 'gu'))].map(({ index, 0: found }) => index + found.length)),
    ),
  );
}
