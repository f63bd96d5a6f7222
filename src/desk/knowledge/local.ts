import type { LocalFact } from '../../domain/content/answer.ts';
import { writtenDate } from '../../domain/time/clock-time.ts';
import { type Command, maskedToAll } from '../kernel/command.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { askFor, byUse, draftsById, nextUnset, review, takeAnswer } from './filling.ts';

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
    const drafts = await draftsById(turn);
    const lines = shown.map(({ id, question, value }) => {
      const draft = drafts.get(id);
      if (draft) return turn.say('local.draftLine', { id, question, value: draft.value });
      return value === undefined ? turn.say('local.openLine', { id, question }) : turn.say('local.setLine', { id, question, value });
    });
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

/** 本地 填: asks for the facts that are missing, one by one; with the id of a fact, for just that. Nothing is public before it was looked at. */
export const localFill: Command = {
  id: 'local.fill',
  masks: maskedToAll,
  role: 'worker',
  needs: [],
  accepts: ['fact'],
  open: true,
  async run(turn, { fact, text }) {
    const wanted = fact === undefined ? await nextUnset(turn) : turn.content.local.get(fact);
    if (fact !== undefined && text !== '') return takeAnswer(turn, { fact, alone: true }, text);
    return wanted ? [here(turn, await askFor(turn, wanted))] : review(turn, '', turn.say('local.complete'));
  },
};

/** What is missing, then what is filled in; what is needed most first. */
async function inOrderOfUse(turn: Turn): Promise<LocalFact[]> {
  const facts = await byUse(turn);
  return [...facts.filter(({ value }) => value === undefined), ...facts.filter(({ value }) => value !== undefined)];
}
