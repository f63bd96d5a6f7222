import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openMemoryStore } from '../adapters/store/memory.ts';
import { steadyIds, systemClock } from '../adapters/system/system.ts';
import { type Account, easyProfile, firstAccount } from '../desk/kernel/accounts.ts';
import type { Content } from '../desk/kernel/content.ts';
import type { App } from '../desk/kernel/desk.ts';
import type { Decision } from '../desk/kernel/message.ts';
import { speaker } from '../desk/kernel/say.ts';
import type { Candidate, Emergency, Explanation, Facet, Question } from '../domain/understanding/result.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions } from './community.ts';
import { openDesk, readContent } from './desk.ts';

/** What became of one message, as `ask --json` prints it. */
export interface Asked {
  readonly text: string;
  readonly decision: Decision;
  readonly topic: string | null;
  readonly facet: Facet | null;
  readonly candidates: readonly Candidate[];
  readonly reply: readonly string[];
  /** The danger that was seen, and what was done at once. */
  readonly danger?: { readonly kind: string; readonly did: 'card' | 'asked' };
}

/** What evaluation needs to know besides. */
export interface Looked extends Asked {
  /** Between which topics it asked to choose. */
  readonly choices: readonly string[];
  /** The topics of its matters, as they were read. */
  readonly read: readonly string[];
  /** Of how many clauses it was said that they were not understood; without end where that was said of the whole message. */
  readonly unheard: number;
  readonly explained: Explanation;
}

/** `ask [--community ID] [--json] [--group] [MESSAGE]`: one message, or one a line from standard input, each without memory of the others. */
export async function ask(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...communityOptions, json: { type: 'boolean' }, group: { type: 'boolean' } },
  });
  const one = asker(readContent(chosenCommunity(process.env, values).config), values.group === true);
  const print = async (text: string) => {
    const { choices: _, explained: __, read: ___, unheard: ____, ...asked } = await one(text);
    process.stdout.write(`${values.json ? JSON.stringify(asked) : asked.reply.join('\n\n')}\n`);
  };
  if (positionals.length > 0) return print(positionals.join(' '));
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') await print(line);
}

/** Answers messages, each from a new person who says nothing else. */
export function asker(content: Content, group: boolean): (text: string) => Promise<Looked> {
  const said: string[] = [];
  const account: Account = {
    name: firstAccount,
    profile: easyProfile,
    async send({ to, text }) {
      if ('person' in to && to.person === 'asker') said.push(text);
    },
  };
  const isUnheard = unheardSaid(content);
  return async (text) => {
    const store = openMemoryStore();
    const app: App = openDesk({ store, accounts: [account], content, clock: systemClock, ids: steadyIds() });
    await store.transaction(async (tx) => {
      await tx.put('people', { id: 'asker', name: '居民', reachable: true });
      if (group) await tx.put('rooms', { id: 'group', name: '居民群', kind: 'residents', speaks: 'confident' });
    });
    said.length = 0;
    const outcome = await app.hear({
      id: 'message',
      person: 'asker',
      text,
      kind: 'text',
      addressed: !group,
      ...(group ? { room: 'group' } : {}),
    });
    await app.outbox.pump();
    const { understand, explain } = content.current();
    const { questions, emergency } = understand(text);
    const [{ candidates }] = questions;
    const waiting = await store.transaction((tx) => tx.get('questions', 'asker'));
    const asked = waiting?.stack.at(-1)?.question;
    const choices = asked?.kind === 'choice' ? asked.topics : [];
    const { decision, topic = null, facet = null } = outcome;
    const seen = decision === 'emergency' && emergency ? { danger: dangerOf(emergency) } : {};
    return {
      text,
      decision,
      topic,
      facet,
      candidates,
      reply: [...said],
      ...seen,
      choices,
      read: topicsOf(questions),
      unheard: decision === 'fallback' ? Number.POSITIVE_INFINITY : said.filter(isUnheard).length,
      explained: explain(text),
    };
  };
}

/** Whether a reply says that a clause was not understood. */
function unheardSaid(content: Content): (reply: string) => boolean {
  const marker = '\u2026\u2026';
  const sentence = speaker(() => content.current().wording, steadyIds())('talk.unheard', { text: marker });
  const [before = '', after = ''] = sentence.split(marker);
  return (reply) => reply.startsWith(before) && reply.endsWith(after);
}

/** What each of the matters of a message was taken to be about. */
export function topicsOf(questions: readonly Question[]): string[] {
  return questions.flatMap(({ topic }) => (topic === null ? [] : [topic]));
}

/** A card is given where danger is clear; where it is not, it is asked about. */
export function dangerOf({ kind, certainty }: Emergency): { kind: string; did: 'card' | 'asked' } {
  return { kind: kind.id, did: certainty === 'explicit' ? 'card' : 'asked' };
}
