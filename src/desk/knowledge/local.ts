import { type LocalFact, statementsOf } from '../../domain/content/answer.ts';
import { factsIn } from '../../domain/content/holes.ts';
import { mask } from '../../domain/words/masking.ts';
import { noteAct } from '../kernel/audit.ts';
import { type Command, maskedToAll } from '../kernel/command.ts';
import { ask } from '../kernel/question.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { noteChange } from './overlay.ts';

/** 本地 看: the facts that only the community knows, and what is filled in. */
export const localShow: Command = {
  id: 'local.show',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn, { text }) {
    const facts = [...turn.content.local.values()].filter(({ id, question }) => `${id} ${question}`.includes(text));
    const set = facts.filter(({ value }) => value !== undefined);
    const lines = facts.map(({ id, question, value }) =>
      value === undefined ? turn.say('local.openLine', { id, question }) : turn.say('local.setLine', { id, question, value }),
    );
    return [here(turn, turn.say('local.list', { set: set.length, count: facts.length, lines: lines.join('\n') }))];
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
    const wanted = fact === undefined ? nextUnset(turn) : turn.content.local.get(fact);
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
  const wanted = nextUnset(turn, fact);
  return [here(turn, `${said}\n${wanted ? await askFor(turn, wanted) : turn.say('local.complete')}`)];
}

async function askFor(turn: Turn, { id, question }: LocalFact): Promise<string> {
  await ask(turn, { kind: 'localFact', fact: id });
  return turn.say('local.ask', { question });
}

/** The next fact after this one that is not filled in; what most answers wait for is asked first. */
function nextUnset(turn: Turn, after?: string): LocalFact | undefined {
  const uses = usesOf(turn);
  const facts = [...turn.content.local.values()].sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0));
  const start = after === undefined ? 0 : facts.findIndex(({ id }) => id === after) + 1;
  return facts.slice(start).find(({ value }) => value === undefined);
}

function usesOf(turn: Turn): Map<string, number> {
  const uses = new Map<string, number>();
  for (const answer of turn.content.answers.values()) {
    const said = statementsOf(answer)
      .map(({ text }) => text)
      .join('\n');
    for (const id of factsIn(said)) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return uses;
}
