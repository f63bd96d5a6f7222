import type { Reply } from '../kernel/message.ts';
import type { Ids, Transaction, Vault } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { caseSecret, isVoice, writtenSecret } from './case-keys.ts';
import type { Appeal } from './rows.ts';

interface Means {
  readonly tx: Transaction;
  readonly now: Date;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly say: Say;
  /** The address of the public site. */
  readonly siteUrl: string | undefined;
}

/** Where one voice of an appeal follows it on the site, in a line to be read in private; empty where the site has no address. */
export async function pageLine(means: Means, { id, onBehalfOf }: Pick<Appeal, 'id' | 'onBehalfOf'>, person: string): Promise<string> {
  // 代报: who would read it is staff.
  if (means.siteUrl === undefined || onBehalfOf !== undefined) return '';
  const secret = writtenSecret(await caseSecret(means, id, person));
  return means.say('appeal.page', { url: `${means.siteUrl}/s/${secret}` });
}

/** What is told of an appeal, with the page of the appeal below it: for its voices alone, and never in a group. */
export async function withItsPage(means: Means, { page, ...reply }: Reply): Promise<Reply> {
  const { person } = reply.to;
  if (page === undefined || person === undefined || 'room' in reply.to) return reply;
  const appeal = await means.tx.get('appeals', page);
  const line = appeal && isVoice(appeal, person) ? await pageLine(means, appeal, person) : '';
  return line === '' ? reply : { ...reply, text: `${reply.text}\n${line}` };
}
