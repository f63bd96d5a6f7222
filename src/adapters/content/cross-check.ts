import { sentences } from '../../desk/kernel/sentences.ts';
import { commands } from '../../desk/parts.ts';
import { factsIn } from '../../domain/content/holes.ts';
import type { MenuItem } from '../../domain/content/knowledge.ts';
import { placeholders } from '../../domain/content/wording.ts';
import { dateAfter } from '../../domain/time/clock-time.ts';
import { acts } from '../../domain/understanding/acts.ts';
import { isTopic } from './intents.ts';
import { once, type Parts } from './parts.ts';
import type { Problem } from './problem.ts';
import { checkSources, placedStatements } from './source-check.ts';

/** What no single file can tell: whether the files fit together, and fit the program. */
export function crossCheck(parts: Parts, problems: Problem[]): void {
  topicsOnce(parts, problems);
  intentsAndAnswers(parts, problems);
  beliefsKnown(parts, problems);
  dangerTalkFits(parts, problems);
  menuLeadsSomewhere(parts, problems);
  phrasingsOnce(parts, problems);
  checkSources(parts, problems);
  localFactsKnown(parts, problems);
  wordingFits(parts, problems);
  commandsFit(parts, problems);
  helpFits(parts, problems);
  lookFits(parts, problems);
  newsIdeasFit(parts, problems);
  remindMeFits(parts, problems);
  newsFits(parts, problems);
  reckoningFits(parts, problems);
  sheetsFit(parts, problems);
}

function topicsOnce({ answers, categories, actions, laws, local, staffNotes }: Parts, problems: Problem[]): void {
  once([...answers, ...categories, ...actions], problems);
  once(laws, problems);
  once(staffNotes, problems);
  const told = new Set([...answers, ...categories].map(({ value }) => value.id));
  for (const { value, file, at } of staffNotes)
    if (!told.has(value.id)) problems.push(file.problem([...at, 'id'], `${value.id} is neither in data/answers/ nor in data/appeals.yaml`));
  once(local, problems);
}

/** Every topic that is asked for can be answered, and every answer can be asked for. */
function intentsAndAnswers({ intents, answers, categories, actions }: Parts, problems: Problem[]): void {
  const topics = new Set([...answers, ...categories, ...actions].map(({ value }) => value.id));
  const asked = new Set(intents.places.map(({ id }) => id));
  for (const { id, file, index } of intents.places) {
    if (isTopic(id) && !topics.has(id))
      problems.push(
        file.problem([index, 'id'], `${id} has no answer in data/answers/ and no entry in data/appeals.yaml or data/actions.yaml`),
      );
  }
  for (const { value, file, at } of [...answers, ...categories, ...actions]) {
    if (!asked.has(value.id))
      problems.push(file.problem([...at, 'id'], `${value.id} has no phrasings in intents/, so nobody can ask for it`));
  }
}

/** Every act and every kind of danger that has phrasings is one that the program knows. */
function beliefsKnown({ intents, emergencies }: Parts, problems: Problem[]): void {
  const dangers = (emergencies?.kinds ?? []).map(({ id }) => `danger.${id}`);
  const known = new Set<string>(['danger.none', ...dangers, ...acts.map((act) => `act.${act}`)]);
  for (const { id, file, index } of intents.places)
    if (!isTopic(id) && id !== 'background' && !known.has(id))
      problems.push(file.problem([index, 'id'], `${id} is neither an act nor a kind of data/emergencies.yaml`));
}

/** The topics and the kinds of danger that data/danger-talk.yaml names exist. */
function dangerTalkFits({ dangerTalk, answers, emergencies }: Parts, problems: Problem[]): void {
  const complaint = (message: string) => problems.push({ file: 'data/danger-talk.yaml', line: 1, column: 1, message });
  const topics = new Set(answers.map(({ value }) => value.id));
  const kinds = new Set((emergencies?.kinds ?? []).map(({ id }) => id));
  for (const topic of dangerTalk?.grave ?? []) if (!topics.has(topic)) complaint(`${topic} has no answer in data/answers/`);
  for (const kind of dangerTalk?.firstAid.flatMap((each) => each.kinds) ?? [])
    if (!kinds.has(kind)) complaint(`${kind} is no kind of data/emergencies.yaml`);
}

/** Every topic and section that the menu names exists. */
function menuLeadsSomewhere({ menu, menuSource, answers, categories, actions }: Parts, problems: Problem[]): void {
  if (!menu) return;
  const topics = new Set([...answers, ...categories, ...actions].map(({ value }) => value.id));
  const sections = new Set(answers.map(({ value }) => value.section));
  const check = (item: MenuItem, at: PropertyKey[]): void => {
    const named = [...(item.topic === undefined ? [] : [item.topic]), ...item.first].filter((topic) => !topics.has(topic));
    for (const topic of named) problems.push(menuSource.problem(at, `${topic} is no topic`));
    if (item.section !== undefined && !sections.has(item.section))
      problems.push(menuSource.problem([...at, 'section'], `no answer belongs to the section ${item.section}`));
    item.items.forEach((below, index) => {
      check(below, [...at, 'items', index]);
    });
  };
  check(menu.root, []);
  check(menu.human, ['human']);
}

/** The same words cannot mean two topics. */
function phrasingsOnce({ intents }: Parts, problems: Problem[]): void {
  const seen = new Map<string, string>();
  for (const { id, file, phrasings } of intents.places) {
    // What a message does, and danger, are read beside what it is about: their phrasings may be a topic's too.
    if (!isTopic(id) && id !== 'background') continue;
    for (const { text, bare, at } of phrasings) {
      const owner = seen.get(bare);
      if (owner !== undefined && owner !== id) problems.push(file.problem(at, `“${text}” stands under ${owner} too`));
      seen.set(bare, id);
    }
  }
}

function localFactsKnown({ answers, staffNotes, local, emergencies, emergenciesSource }: Parts, problems: Problem[]): void {
  const known = new Set(local.map(({ value }) => value.id));
  const unknown = (text: string) => factsIn(text).filter((id) => !known.has(id));
  const message = (id: string) => `{{local.${id}}} is asked for nowhere in data/local/`;
  for (const [index, { card, variants = [] }] of (emergencies?.kinds ?? []).entries())
    for (const id of [card, ...variants.map((each) => each.card ?? '')].flatMap(unknown))
      problems.push(emergenciesSource.problem(['kinds', index, 'card'], message(id)));
  for (const [index, { card = '' }] of (emergencies?.situations ?? []).entries())
    for (const id of unknown(card)) problems.push(emergenciesSource.problem(['situations', index, 'card'], message(id)));
  for (const { file, at, statement } of placedStatements(answers, staffNotes))
    for (const id of unknown(statement.text)) problems.push(file.problem(at, message(id)));
}

function wordingFits({ wording }: Parts, problems: Problem[]): void {
  const nowhere = (message: string) => problems.push({ file: 'data/wording', line: 1, column: 1, message });
  for (const [key, listed] of Object.entries(sentences)) {
    const wanted = listed.split(' ').filter(Boolean);
    const variants = wording.sentences.get(key);
    if (!variants)
      nowhere(
        `the sentence ${key} is missing${wanted.length > 0 ? ` (placeholders: ${wanted.map((name) => `{${name}}`).join(' ')})` : ''}`,
      );
    for (const sentence of variants ?? []) {
      const strange = placeholders(sentence).filter((name) => !wanted.includes(name));
      const place = wording.places.get(key);
      if (strange.length > 0 && place) problems.push(place.file.problem(place.at, `${key} has no {${strange.join('}, {')}}`));
    }
  }
  for (const [key, { file, at }] of wording.places) {
    if (!(key in sentences)) problems.push(file.problem(at, `${key} is a sentence that the program never says`));
  }
}

function commandsFit({ commands: words }: Parts, problems: Problem[]): void {
  const missing = commands.filter(({ id }) => !words.has(id)).map(({ id }) => `the command ${id} has no words`);
  const strange = [...words.keys()]
    .filter((key) => !commands.some(({ id }) => id === key))
    .map((key) => `${key} is no command of the program`);
  for (const message of [...missing, ...strange]) problems.push({ file: 'data/commands.yaml', line: 1, column: 1, message });
}

/** Every command stands in one situation of the help, and nothing else does. */
function helpFits({ situations, commands: words }: Parts, problems: Problem[]): void {
  if (!situations) return;
  const listed = situations.flatMap(({ first, more }) => [...first, ...more]);
  const complaint = (message: string) => problems.push({ file: 'data/help.yaml', line: 1, column: 1, message });
  for (const id of words.keys()) if (!listed.includes(id)) complaint(`the command ${id} stands in no situation`);
  for (const id of listed) if (!words.has(id)) complaint(`${id} is no command of data/commands.yaml`);
  for (const id of new Set(listed)) if (listed.indexOf(id) !== listed.lastIndexOf(id)) complaint(`${id} stands there twice`);
}

/** What is looked for in a word to a resident is of a category that there is. */
function lookFits({ lastLook, categories }: Parts, problems: Problem[]): void {
  for (const id of lastLook?.things.keys() ?? [])
    if (!categories.some(({ value }) => value.id === id))
      problems.push({ file: 'data/last-look.yaml', line: 1, column: 1, message: `${id} is no category of data/appeals.yaml` });
}

/** Every idea for the news belongs to a category of the news, and its topic exists. */
function newsIdeasFit({ newsIdeas, broadcasts, answers, categories, actions }: Parts, problems: Problem[]): void {
  const topics = new Set([...answers, ...categories, ...actions].map(({ value }) => value.id));
  const known = new Set(broadcasts?.broadcasts.flatMap((each) => each.categories));
  for (const { value, file, at } of newsIdeas) {
    if (value.topic !== undefined && !topics.has(value.topic)) problems.push(file.problem([...at, 'topic'], `${value.topic} is no topic`));
    if (broadcasts && !known.has(value.category))
      problems.push(file.problem([...at, 'category'], `${value.category} is no category of data/broadcasts.yaml`));
  }
}

/** What somebody can be reminded of has an answer that tells more, and each topic means one of them at most. */
function remindMeFits({ remindMe, remindMeSource, answers }: Parts, problems: Problem[]): void {
  const answered = new Set(answers.map(({ value }) => value.id));
  const kinds = remindMe?.kinds ?? [];
  for (const [index, { id, topic, topics }] of kinds.entries()) {
    const mistake = (message: string) => problems.push(remindMeSource.problem(['kinds', index], message));
    if (kinds.findIndex((each) => each.id === id) < index) mistake(`${id} stands there already`);
    for (const each of [topic, ...topics].filter((name) => !answered.has(name))) mistake(`${each} has no answer in data/answers/`);
    for (const each of topics)
      if (kinds.slice(0, index).some((other) => other.topics.includes(each))) mistake(`${each} belongs to another already`);
  }
}

/** A code leads to a topic that has an answer; no two sheets have one id or name. */
function sheetsFit({ sheets, sheetsSource, answers }: Parts, problems: Problem[]): void {
  const answered = new Set(answers.map(({ value }) => value.id));
  const listed = sheets?.sheets ?? [];
  for (const [index, { id, name, topic, at }] of listed.entries()) {
    const mistake = (message: string) => problems.push(sheetsSource.problem(['sheets', index], message));
    if (listed.findIndex((each) => each.id === id || each.name === name) < index) mistake(`${id} or ${name} stands there already`);
    if (topic !== undefined && !answered.has(topic)) mistake(`${topic} has no answer in data/answers/`);
    if (topic !== undefined && at !== undefined) mistake('a sheet leads to a topic or has a place, not both');
  }
}

/** Every item belongs to a category that some broadcast says; what must be disclosed is not over too soon. Examples may be of other communities. */
function newsFits({ news, broadcasts }: Parts, problems: Problem[]): void {
  if (!broadcasts) return;
  const known = new Set(broadcasts.broadcasts.flatMap((each) => each.categories));
  const { category, days } = broadcasts.disclosure;
  for (const { value, file } of news) {
    if (!value.sample && !known.has(value.category))
      problems.push(file.problem(['category'], `${value.category} is no category of data/broadcasts.yaml`));
    if (value.category === category && value.expires !== undefined && value.expires < dateAfter(value.date, days))
      problems.push(
        file.problem(['expires'], `${category} stays readable for at least ${days} days, until ${dateAfter(value.date, days)}`),
      );
  }
}

/** What is reckoned belongs to a topic that can be answered. */
function reckoningFits({ reckoning, reckoningSource, answers }: Parts, problems: Problem[]): void {
  for (const { id, topic } of Object.values(reckoning?.rules ?? {}))
    if (!answers.some(({ value }) => value.id === topic))
      problems.push(reckoningSource.problem(['rules', id, 'topic'], `${topic} has no answer in data/answers/`));
}
