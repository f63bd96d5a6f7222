import type { LocalFact } from '../../domain/content/answer.ts';
import { isUnknown, missingIn } from '../../domain/content/fact-shape.ts';
import { mask } from '../../domain/words/masking.ts';
import { noteAct } from '../kernel/audit.ts';
import { maskedToAll } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { ask } from '../kernel/question.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { usesOfFacts } from './asks.ts';
import { noteChange } from './overlay.ts';
import type { LocalDraft } from './rows.ts';

/** Nobody reads more about one thing in a chat. */
const longest = 500;

/** A fact that staff are asked for. */
interface Asked {
  readonly fact: string;
  /** What was answered and did not look like it. */
  readonly doubted?: string;
  /** It was typed with its command: the next one is not asked for. */
  readonly alone?: boolean;
}

/** Takes what was answered, as it was typed; what does not look like an answer is asked about once. */
export async function takeAnswer(turn: Turn, asked: Asked, typed: string): Promise<Reply[]> {
  const value = mask(typed, maskedToAll).text.trim();
  const { factShapes, local } = turn.content;
  if (isUnknown(value, factShapes)) return goOn(turn, asked, turn.say('local.unknown', { value }));
  const missing = value.length > longest ? undefined : missingIn(local.get(asked.fact)?.question ?? '', value, factShapes);
  if (!missing && value.length <= longest) return keepDraft(turn, asked, value);
  const doubted = missing ? { doubted: value } : {};
  await ask(turn, { kind: 'localFact', fact: asked.fact, ...(asked.alone ? { alone: true } : {}), ...doubted });
  const said = missing
    ? turn.say('local.doubt', { name: missing.name, example: missing.example, value: value.slice(0, 40) })
    : turn.say('local.tooLong', { most: longest });
  return [here(turn, said)];
}

/** Keeps it for the time being: residents hear it when it was looked at and made public. */
export async function keepDraft(turn: Turn, asked: Asked, value: string): Promise<Reply[]> {
  await turn.tx.put('localDrafts', { id: asked.fact, value, by: turn.person.id, at: turn.now.toISOString() });
  return goOn(turn, asked, turn.say('local.kept', { value }));
}

/** Leaves a fact unset and asks for the next. */
export function skipFact(turn: Turn, asked: Asked): Promise<Reply[]> {
  return goOn(turn, asked, turn.say('local.skipped'));
}

async function goOn(turn: Turn, { fact, alone }: Asked, said: string): Promise<Reply[]> {
  const wanted = alone ? undefined : await nextUnset(turn, fact);
  return wanted ? [here(turn, `${said}\n${await askFor(turn, wanted)}`)] : review(turn, said, `${said}\n${turn.say('local.complete')}`);
}

/** Shows what this person has filled in, to be made public by one key, after `said`; `none` when there is nothing. */
export async function review(turn: Turn, said = '', none = said): Promise<Reply[]> {
  const drafts = await draftsOf(turn);
  if (drafts.length === 0) return [here(turn, none)];
  await ask(turn, { kind: 'publishFacts', facts: drafts.map(({ id, value }) => ({ id, value })) });
  const lines = drafts.map(({ id, value }) =>
    turn.say('local.reviewLine', { id, value, question: turn.content.local.get(id)?.question ?? '' }),
  );
  return [here(turn, `${said}\n${turn.say('local.review', { count: drafts.length, lines: lines.join('\n') })}`.trim())];
}

/** Makes public just what was shown; what was written anew since is shown again. */
export async function publish(turn: Turn, facts: readonly Pick<LocalDraft, 'id' | 'value'>[]): Promise<Reply[]> {
  let count = 0;
  for (const { id, value } of facts) {
    const draft = await turn.tx.get('localDrafts', id);
    if (draft?.value !== value) continue;
    await turn.tx.put('localFacts', { ...draft, by: turn.person.id, at: turn.now.toISOString() });
    await turn.tx.remove('localDrafts', id);
    await noteAct(turn, 'local.fill', true, id);
    count++;
  }
  if (count > 0) await noteChange(turn);
  const set = new Set([...turn.content.local.values()].flatMap(({ id, value }) => (value === undefined ? [] : [id])));
  for (const { id } of facts) set.add(id);
  return [here(turn, turn.say('local.published', { count, filled: set.size, total: turn.content.local.size }))];
}

/** Asks for a fact, and says how far the filling is. */
export async function askFor(turn: Turn, { id, question }: LocalFact): Promise<string> {
  await ask(turn, { kind: 'localFact', fact: id });
  const facts = [...turn.content.local.values()];
  const drafts = await draftsById(turn);
  const own = (await draftsOf(turn)).length;
  return turn.say('local.ask', {
    question,
    filled: facts.filter((fact) => fact.value !== undefined || drafts.has(fact.id)).length,
    count: facts.length,
    waiting: own === 0 ? '' : own,
  });
}

/** The next fact after this one that nobody has filled in; what is needed most is asked first. */
export async function nextUnset(turn: Turn, after?: string): Promise<LocalFact | undefined> {
  const facts = await byUse(turn);
  const drafts = await draftsById(turn);
  const start = after === undefined ? 0 : facts.findIndex(({ id }) => id === after) + 1;
  return facts.slice(start).find(({ id, value }) => value === undefined && !drafts.has(id));
}

/** All facts, what is needed most first. */
export async function byUse(turn: Turn): Promise<LocalFact[]> {
  const uses = await usesOfFacts(turn);
  return [...turn.content.local.values()].sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0));
}

/** What is filled in and not public, by the id of the fact. */
export async function draftsById({ tx }: Pick<Turn, 'tx'>): Promise<Map<string, LocalDraft>> {
  return new Map((await tx.find('localDrafts')).map((draft) => [draft.id, draft]));
}

/** Those of whoever speaks, of facts that there still are. */
async function draftsOf({ tx, person, content }: Turn): Promise<LocalDraft[]> {
  return (await tx.find('localDrafts', { by: person.id }, { by: 'at' })).filter(({ id }) => content.local.has(id));
}
