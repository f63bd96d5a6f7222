import type { App } from '../../desk/kernel/desk.ts';
import type { Message } from '../../desk/kernel/message.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import type { OpenAnswers } from './answers.ts';
import type { Body } from './frames.ts';
import { type Enclosure, type Fetch, savedEnclosure } from './media.ts';
import { readSaid, type Said } from './said.ts';

/** Who is who: ids of 企业微信 become ours. */
export interface Directory {
  person(native: string, seen: { readonly name: string; readonly reachable: boolean }): Promise<string>;
  room(native: string, seen: { readonly name: string }): Promise<string>;
}

export interface HearingOptions {
  readonly app: Pick<App, 'hear' | 'receives'>;
  /** The name of this account. */
  readonly account: string;
  readonly directory: Directory;
  readonly answers: OpenAnswers;
  /** The name by which people call the robot in groups. */
  readonly robotName: () => string;
  /** The service tells of no title: what a group is called until somebody names it. */
  readonly groupName: (group: string) => string;
  /** Where pictures and files are saved. */
  readonly folder: string;
  readonly fetch: Fetch;
  readonly log: Log;
}

/** Lets the app hear what is said to the robot; what is said in one chat is taken over in the order in which it comes. */
export function createHearing(options: HearingOptions): (id: string, body: Body) => void {
  const { answers, log } = options;
  const order = new Map<string, Promise<unknown>>();
  return (id, body) => {
    const said = readSaid(body);
    if (!said) return log.warn({ frame: id }, 'a message of 企业微信 had not the shape of one and was dropped');
    const chat = said.group ?? said.user;
    answers.note(chat, id);
    const taken = (order.get(chat) ?? Promise.resolve()).then(() => take(said, options));
    const settled = taken.catch((error: unknown) => log.error({ message: said.id, err: error }, 'a message could not be taken over'));
    order.set(chat, settled);
    void settled.then(() => order.get(chat) === settled && order.delete(chat));
    // What is said to nothing closes nothing: the next answer must not stand below it.
    void taken
      .then((heard) => heard())
      .then(
        (isAnswered) => isAnswered || answers.drop(chat, id),
        () => answers.drop(chat, id),
      );
  };
}

/** Hands a message over. @returns what resolves when it was heard, with whether something is said to it in its chat */
async function take(said: Said, options: HearingOptions): Promise<() => Promise<boolean>> {
  const { app, account, directory, robotName, groupName } = options;
  const person = await directory.person(said.user, { name: said.user, reachable: true });
  const from = { person, ...(said.group === undefined ? {} : { room: await directory.room(said.group, { name: groupName(said.group) }) }) };
  const { kind, enclosures } = said;
  const text = said.group === undefined ? said.text : withoutName(said.text, robotName());
  // Only what names the robot comes from a group.
  const common = { account, ...from, addressed: true };
  const heard: ReturnType<App['hear']>[] = [];
  if (kind === 'text' || enclosures.length === 0) heard.push(app.hear({ ...common, id: said.id, kind, text }));
  for (const [index, enclosure] of enclosures.entries()) {
    const id = `${said.id}-${index + 1}`;
    heard.push(app.hear({ ...common, id, kind: enclosure.kind, text: '', ...(await kept(enclosure, id, from, options)) }));
  }
  return async () => {
    const outcomes = await Promise.all(heard);
    return outcomes.some(({ replies }) => replies.some(({ to }) => isIn(to, from)));
  };
}

function isIn(
  to: Message | { readonly person?: string; readonly room?: string },
  from: { readonly person: string; readonly room?: string },
): boolean {
  return from.room === undefined ? to.room === undefined && to.person === from.person : to.room === from.room;
}

async function kept(
  enclosure: Enclosure,
  id: string,
  from: Pick<Message, 'person' | 'room'>,
  { app, folder, fetch, log }: HearingOptions,
): Promise<Pick<Message, 'file' | 'bytes' | 'unkept'>> {
  const wanted = await app.receives(from);
  if (wanted === 'no') return {};
  return wanted === 'many' ? { unkept: 'many' } : savedEnclosure(enclosure, id, { folder, fetch, log });
}

/** What was said to the robot in a group, without its name; under another name than ours it stands at the beginning. */
function withoutName(text: string, name: string): string {
  const ours = `@${name}`;
  if (name !== '' && text.includes(ours))
    return text
      .replace(ours, ' ')
      .replace(/\s+/g, (gap) => (gap.includes('\n') ? '\n' : ' '))
      .trim();
  return text.replace(/^\s*[@＠]\S+\s*/u, '').trim();
}
