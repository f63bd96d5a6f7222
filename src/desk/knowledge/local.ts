import type { LocalFact } from '../../domain/content/answer.ts';
import { writtenDate } from '../../domain/time/clock-time.ts';
import { mask } from '../../domain/words/masking.ts';
import { noteAct } from '../kernel/audit.ts';
import { type Command, maskedToAll } from '../kernel/command.ts';
import { ask } from '../kernel/question.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { usesOfFacts } from './asks.ts';
import { noteChange } from './overlay.ts';

/** So many facts fit into a message; all of them are on the page (本地 表). */
const shownAtMost = 20;

/** 本地 看: the facts that only the community knows, what is missing first, in the order of use; with a word, those that have it. */
export const localShow: Command = {
  id: 'local.show',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn, { text }) {
    const facts = (await inOrderOfUse(turn)).filter(({ id, question }) => `${id} ${question}`.includes(text));
    const shown = text === '' ? facts.slice(0, shownAtMost) : facts;
    const lines = shown.map(({ id, question, value }) =>
      value === undefined ? turn.say('local.openLine', { id, question }) : turn.say('local.setLine', { id, question, value }),
    );
    const more = facts.length - shown.length;
    return [
      here(
        turn,
        turn.say('local.list', {
          set: facts.filter(({ value }) => value !== undefined).length,
          count: facts.length,
          lines: lines.join('\n'),
          more: more === 0 ? '' : turn.say('local.more', { count: more }),
        }),
      ),
    ];
  },
};

/** 本地 表: all facts as a page to print, with room to write, in the order of use. */
export const localForm: Command = {
  id: 'local.form',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    if (!turn.papers) throw new UserError(turn.say('paper.none'));
    const facts = await inOrderOfUse(turn);
    const title = turn.say('local.formTitle', { community: turn.content.community.name });
    const table = (rows: readonly LocalFact[]) => ({
      head: [turn.say('local.formQuestion'), turn.say('local.formValue')],
      rows: rows.map(({ id, question, value = '' }) => [turn.say('local.formLine', { question, id }), value]),
    });
    const [open, set] = [facts.filter(({ value }) => value === undefined), facts.filter(({ value }) => value !== undefined)];
    const file = await turn.papers.page(title, {
      title,
      blocks: [
        { paragraph: turn.say('local.formIntro') },
        ...(open.length === 0 ? [] : [{ heading: turn.say('local.formOpen', { count: open.length }) }, table(open)]),
        ...(set.length === 0 ? [] : [{ heading: turn.say('local.formSet', { count: set.length }) }, table(set)]),
      ],
      signature: [writtenDate(turn.now)],
    });
    return [here(turn, turn.say('local.formMade', { count: open.length }), file)];
  },
};

/** 本地 填: asks for the facts that are missing, one by one; with the id of a fact, for just that. */
export const localFill: Command = {
  id: 'local.fill',
  masks: maskedToAll,
  role: 'worker',
  needs: [],
  accepts: ['fact'],
  open: true,
  async run(turn, { fact, text }) {
    if (fact !== undefined && text !== '') return keepFact(turn, fact, text);
    const wanted = fact === undefined ? await nextUnset(turn) : turn.content.local.get(fact);
    return [here(turn, wanted ? await askFor(turn, wanted) : turn.say('local.complete'))];
  },
};

/** Keeps what was answered, as it was typed, and asks for the next. */
export async function keepFact(turn: Turn, fact: string, typed: string) {
  const value = mask(typed, maskedToAll).text.slice(0, 500);
  await turn.tx.put('localFacts', { id: fact, value, by: turn.person.id, at: turn.now.toISOString() });
  await noteChange(turn);
  await noteAct(turn, 'local.fill', true, fact);
  return next(turn, fact, turn.say('local.kept', { value }));
}

/** Leaves a fact unset and asks for the next. */
export async function skipFact(turn: Turn, fact: string) {
  return next(turn, fact, turn.say('local.skipped'));
}

async function next(turn: Turn, fact: string, said: string) {
  const wanted = await nextUnset(turn, fact);
  return [here(turn, `${said}\n${wanted ? await askFor(turn, wanted) : turn.say('local.complete')}`)];
}

/** Asks for a fact, and says how many are missing after it. */
async function askFor(turn: Turn, { id, question }: LocalFact): Promise<string> {
  await ask(turn, { kind: 'localFact', fact: id });
  const facts = await byUse(turn);
  const left = facts.slice(facts.findIndex((each) => each.id === id) + 1).filter(({ value }) => value === undefined).length;
  return turn.say('local.ask', { question, left: left === 0 ? '' : left });
}

/** The next fact after this one that is not filled in; what is needed most is asked first. */
async function nextUnset(turn: Turn, after?: string): Promise<LocalFact | undefined> {
  const facts = await byUse(turn);
  const start = after === undefined ? 0 : facts.findIndex(({ id }) => id === after) + 1;
  return facts.slice(start).find(({ value }) => value === undefined);
}

/** What is missing, then what is filled in; what is needed most first. */
async function inOrderOfUse(turn: Turn): Promise<LocalFact[]> {
  const facts = await byUse(turn);
  return [...facts.filter(({ value }) => value === undefined), ...facts.filter(({ value }) => value !== undefined)];
}

async function byUse(turn: Turn): Promise<LocalFact[]> {
  const uses = await usesOfFacts(turn);
  return [...turn.content.local.values()].sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0));
}
