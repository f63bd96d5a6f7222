import type { Say } from '../../desk/kernel/say.ts';
import { fieldOf, type Push } from './push.ts';

/** A community that shares a 服务号 with others: what is decided here is only whose desk hears somebody. */
export interface Sharer {
  readonly id: string;
  readonly name: () => string;
  /** Whether its desk has heard somebody before. */
  knows(openid: string): Promise<boolean>;
  /** Whether somebody said, or showed by a scan, that they belong to it. */
  isHome(openid: string): Promise<boolean>;
  settle(openid: string, isHome: boolean): Promise<void>;
  /** Its desk hears a push. @returns what is answered at once @throws when it could not be kept */
  hear(push: Push, id: string): Promise<string | undefined>;
  /** Its desk hears it too, and says nothing to them of it: another one answers. */
  listen(push: Push, id: string): Promise<void>;
  /** Whether words tell of danger to life. */
  isDanger(text: string): boolean;
}

interface Pushed {
  readonly push: Push;
  readonly id: string;
}

/** So many people are waited for until they say where they live, and so much of each is kept for it. */
const most = { people: 1_000, pushes: 5 };
/** A passive answer holds so many characters. */
const longestAnswer = 600;
/** Besides a community's name a choice has so many characters at most: "我是翠湖湾社区的". */
const besideName = 6;
const moves = /搬[到去来进]|住[到进]|换[到成]|改[到成]/;
const change = /^我?(?:想|要|想要)?(?:换|改|重新选|选)(?:一?个|一下)?社区了?[。！!]?$/;

/**
 * Decides whose desk hears a push: of the community whose code was scanned last, or that was named; who belongs nowhere yet is asked, and what they
 * said meanwhile is handed on with their answer. Nobody else's desk hears it, but for danger to life: then all do that may have to come.
 */
export function amongSharers(sharers: readonly Sharer[], say: Say): (push: Push, id: string) => Promise<string | undefined> {
  /** What was said by who belongs nowhere yet. Not kept: after a restart they are asked to say it again. */
  const waiting = new Map<string, readonly Pushed[]>();
  /** Who wants to belong elsewhere. */
  const changing = new Set<string>();
  const order = new Map<string, Promise<unknown>>();
  const question = () => say('shared.ask', { list: sharers.map(({ name }, index) => `${index + 1}. ${name()}`).join('\n') });

  return (push, id) => {
    const openid = fieldOf(push, 'FromUserName');
    const result = (order.get(openid) ?? Promise.resolve()).then(() => take({ push, id }, openid));
    const settled = result.catch(() => undefined);
    order.set(openid, settled);
    void settled.then(() => order.get(openid) === settled && order.delete(openid));
    return result;
  };

  async function take(pushed: Pushed, openid: string): Promise<string | undefined> {
    const { push, id } = pushed;
    const [only] = sharers;
    if (only && (sharers.length === 1 || isOfPlatform(push))) return only.hear(push, id);
    const home = await first(sharers, (each) => each.isHome(openid));
    if (fieldOf(push, 'Event') === 'unsubscribe') return leaves(pushed, openid);
    const [scanned, scene] = sceneOf(push, sharers);
    if (scanned) return scans({ ...pushed, push: withField(push, 'EventKey', scene) }, openid, scanned, home);
    const text = fieldOf(push, 'Content').trim();
    return home ? atHome(pushed, openid, home, text) : nowhere(pushed, openid, text);
  }

  async function atHome(pushed: Pushed, openid: string, home: Sharer, text: string): Promise<string | undefined> {
    if (change.test(text)) {
      changing.add(openid);
      return question();
    }
    const wanted = changing.delete(openid) ? choiceOf(text) : moves.test(text) ? namedIn(text) : undefined;
    if (!wanted || wanted === home || home.isDanger(text)) return home.hear(pushed.push, pushed.id);
    await settle(openid, wanted, home);
    return say('shared.moved', { community: wanted.name(), before: home.name() });
  }

  /** Belongs nowhere yet. Who called for help is heard wherever that was heard, until they say where they are. */
  async function nowhere(pushed: Pushed, openid: string, text: string): Promise<string | undefined> {
    const known = await all(sharers, (each) => each.knows(openid));
    const choice = choiceOf(text);
    if (choice) return chooses(pushed, openid, choice, known);
    const named = namedIn(text);
    if (named) {
      await settle(openid, named);
      return named.hear(pushed.push, pushed.id);
    }
    const isDanger = sharers.some((each) => each.isDanger(text));
    if (!isDanger && known.length === 0) {
      keep(openid, pushed);
      return question();
    }
    const [speaks, ...others] = known.length > 0 ? known : sharers;
    const [answer] = await Promise.all([
      speaks?.hear(pushed.push, pushed.id),
      ...others.map((each) => each.listen(pushed.push, pushed.id)),
    ]);
    return fitting([answer, say('shared.everywhere'), question()]);
  }

  async function chooses({ push, id }: Pushed, openid: string, choice: Sharer, known: readonly Sharer[]): Promise<string | undefined> {
    await settle(openid, choice);
    const words = withField(push, 'Content', say('shared.elsewhere', { community: choice.name() }));
    await Promise.all(known.filter((each) => each !== choice).map((each) => each.listen(words, id)));
    const chosen = say('shared.chosen', { community: choice.name() });
    // Where their alarm is in hand they are not asked to say it again.
    if (known.length > 0) return fitting([chosen, known.includes(choice) ? await choice.hear(words, id) : undefined]);
    const said = waiting.get(openid) ?? [];
    waiting.delete(openid);
    if (said.length === 0) return fitting([chosen, say('shared.again')]);
    const answers: (string | undefined)[] = [];
    for (const each of together(said)) answers.push(await choice.hear(each.push, each.id));
    return fitting([chosen, ...answers]);
  }

  async function scans({ push, id }: Pushed, openid: string, scanned: Sharer, home: Sharer | undefined): Promise<string | undefined> {
    changing.delete(openid);
    if (scanned !== home) await settle(openid, scanned, home);
    const said = waiting.get(openid) ?? [];
    waiting.delete(openid);
    const answers = [await scanned.hear(push, id)];
    for (const each of together(said)) answers.push(await scanned.hear(each.push, each.id));
    return fitting([
      home && scanned !== home ? say('shared.moved', { community: scanned.name(), before: home.name() }) : undefined,
      ...answers,
    ]);
  }

  async function leaves({ push, id }: Pushed, openid: string): Promise<undefined> {
    waiting.delete(openid);
    changing.delete(openid);
    for (const each of await all(sharers, (one) => one.knows(openid))) {
      await each.settle(openid, false);
      await each.listen(push, id);
    }
  }

  /** The new one first: between the two somebody belongs to both, never to none. */
  async function settle(openid: string, community: Sharer, before?: Sharer): Promise<void> {
    await community.settle(openid, true);
    await before?.settle(openid, false);
  }

  function keep(openid: string, pushed: Pushed): void {
    const kept = [...(waiting.get(openid) ?? []), pushed].slice(-most.pushes);
    waiting.delete(openid);
    waiting.set(openid, kept);
    const [oldest] = waiting.keys();
    if (waiting.size > most.people && oldest !== undefined) waiting.delete(oldest);
  }

  /** "2", or a community's name with little beside it. */
  function choiceOf(text: string): Sharer | undefined {
    const number = /^(\d{1,2})[.。、]?$/.exec(text)?.[1];
    if (number !== undefined) return sharers[Number(number) - 1];
    const named = namedIn(text);
    return named && text.length <= named.name().length + besideName ? named : undefined;
  }

  /** The one community that words name, with or without "社区" behind it. */
  function namedIn(text: string): Sharer | undefined {
    const named = sharers.filter(({ name }) => text.includes(name()) || text.includes(shortName(name())));
    return named.length === 1 ? named[0] : undefined;
  }
}

const shortName = (name: string) => (name.length > 3 ? name.replace(/(?:社区|居委会|村委会|村)$/, '') : name);

/** What WeChat tells of the account itself is no resident's. */
const isOfPlatform = (push: Push) =>
  fieldOf(push, 'MsgType') === 'event' && !['subscribe', 'unsubscribe', 'SCAN', 'CLICK'].includes(fieldOf(push, 'Event'));

/** Whose code was scanned, by the beginning of its scene ("COMMUNITY" or "COMMUNITY/SHEET"), and what follows it. */
function sceneOf(push: Push, sharers: readonly Sharer[]): [Sharer | undefined, string] {
  if (!['subscribe', 'SCAN'].includes(fieldOf(push, 'Event'))) return [undefined, ''];
  const [id, ...rest] = fieldOf(push, 'EventKey')
    .replace(/^qrscene_/, '')
    .split('/');
  return [sharers.find((each) => each.id === id), rest.join('/')];
}

const withField = (push: Push, name: string, value: string): Push => new Map([...push, [name, value]]);

/** What was said in several messages is heard as one; a picture, a scan, a button each for itself. */
function together(said: readonly Pushed[]): Pushed[] {
  const texts = said.filter(({ push }) => fieldOf(push, 'MsgType') === 'text');
  const last = texts.at(-1);
  const words = texts.map(({ push }) => fieldOf(push, 'Content')).join('\n');
  const others = said.filter((each) => !texts.includes(each));
  return last ? [...others, { id: last.id, push: withField(last.push, 'Content', words) }] : others;
}

/** As much of it as one answer holds; what comes first counts most. */
function fitting(parts: readonly (string | undefined)[]): string | undefined {
  let answer: string | undefined;
  for (const part of parts) {
    if (part === undefined) continue;
    const longer = answer === undefined ? part : `${answer}\n\n${part}`;
    if (longer.length > longestAnswer && answer !== undefined) continue;
    answer = longer;
  }
  return answer;
}

async function first<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T | undefined> {
  for (const item of items) if (await holds(item)) return item;
  return undefined;
}

async function all<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T[]> {
  const held = await Promise.all(items.map(holds));
  return items.filter((_, index) => held[index]);
}
