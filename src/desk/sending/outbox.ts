import { inShanghai, plusMinutes } from '../../domain/time/clock-time.ts';
import { paragraphsUpTo } from '../../domain/words/split-text.ts';
import { type Account, type AccountProfile, accountOf, type LimitedFor, type Saying, SendError } from '../kernel/accounts.ts';
import type { Content } from '../kernel/content.ts';
import type { Outbox } from '../kernel/desk.ts';
import type { Recipient } from '../kernel/message.ts';
import type { Clock, Ids, Log, Store, Transaction, Vault } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { toDirectors, toStaff } from '../kernel/staff.ts';
import { elsewhere, noteAccounts, readdress } from './address.ts';
import { conversationOf, dropDelivery, queue, takeBack } from './deliveries.ts';
import { noteLimit, wordsOf } from './limited.ts';
import { nextOfEach } from './next.ts';
import { type Gate, noteBroadcast, readGate } from './pacing.ts';
import type { Delivery } from './rows.ts';

/** How often a delivery that surely did not arrive is tried. */
const triesAtMost = 5;
/** An urgent word to an account that is limited is tried again at least so often. */
const longestWaitMinutes = 15;
/** A platform knows for at least so long which messages to all it has taken. */
const knownForMinutes = 20 * 60;
/** A crash leaves so many broadcasts unsure at most: everything claimed at once may or may not have been sent. */
const broadcastsAtOnce = 4;

type Parts = {
  readonly store: Store;
  readonly accounts: readonly Account[];
  readonly content: Content;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly vault: Vault;
};

/** What became of an attempt, and whether its account turned out to be limited. */
type Tried = { readonly delivery: Delivery; readonly limited: boolean | LimitedFor };

/** The one way out: every word is a delivery row, claimed, sent, and marked. */
export function createOutbox({ store, accounts, content, clock, ids, log, vault }: Parts, say: Say): Outbox {
  let running: Promise<void> | undefined;
  let again = false;
  let stopping = false;
  /** Conversations, by account, in which something is being sent. */
  const underWay = new Set<string>();
  /** What was tried, and is not marked yet. */
  const finished: Tried[] = [];
  let wake = () => {};
  const rules = () => content.current().broadcasts;
  /** Another may be attached later. */
  const names = () => accounts.map(({ name }) => name);
  /** Whether another process may be speaking for the community by now. */
  const isDoubtful = () => store.ownership?.isSure() === false;

  /**
   * Hands over what is due while other things are still being sent: an account that has to speak slowly must not keep a call for help
   * waiting for whoever was before it. What was sent meanwhile is marked together, in the transaction that claims the next.
   */
  async function drain(): Promise<void> {
    for (;;) {
      again = false;
      const tried = finished.splice(0);
      const claimed = await store
        .transaction(async (tx) => {
          for (const each of tried) await mark(tx, each);
          for (const { name } of accounts) {
            const limits = tried.flatMap(({ limited, delivery }) => (limited && delivery.account === name ? [limited] : []));
            const longest = limits.find((each) => each !== 'moment') ?? limits[0];
            if (longest) await pause(tx, name, longest);
          }
          const claimed: Delivery[][] = [];
          if (!stopping && !isDoubtful())
            for (const account of accounts) if (account.isUp?.() ?? true) claimed.push(...(await claim(tx, account)));
          return claimed;
        })
        .catch((error: unknown) => {
          finished.unshift(...tried);
          throw error;
        });
      for (const batch of claimed) hand(batch);
      if (finished.length > 0 || (again && !stopping)) continue;
      if (underWay.size === 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  /** @param batch what is said together, all to one */
  function hand(batch: readonly Delivery[]): void {
    const conversation = batch[0] ? placeOf(batch[0]) : '';
    underWay.add(conversation);
    void deliver(batch).then((tried) => {
      finished.push(...tried);
      underWay.delete(conversation);
      wake();
    });
  }

  /** Claims what an account may send now: at once what is said to one or in one group, of broadcasts as many as it bears. */
  async function claim(tx: Transaction, account: Account): Promise<Delivery[][]> {
    const now = clock.now();
    const {
      name,
      profile: { pace, packs, longestText },
    } = account;
    const opens = await readGate(tx, now, rules().quiet, account);
    const due: Delivery[][] = [];
    let broadcasts = (pace ? 1 : broadcastsAtOnce) - (await tx.count('deliveries', { state: 'sending', account: name, kind: 'broadcast' }));
    let begun = false;
    for await (const { delivery, opensAt } of nextOfEach(tx, account, opens, now)) {
      const isBroadcast = delivery.kind === 'broadcast';
      // Broadcasts come last, and those that wait for morning after those that do not: where one is too early whatever its own time, all are.
      if (isBroadcast && (broadcasts <= 0 || (!delivery.atNight && (opens({ ...delivery, notBefore: '' }) ?? '') > now.toISOString())))
        break;
      if (opensAt > now.toISOString() || underWay.has(placeOf(delivery))) continue;
      due.push(packs ? await packedWith(tx, delivery, { opens, now, longest: longestText }) : [delivery]);
      if (!isBroadcast) continue;
      broadcasts--;
      begun = true;
    }
    for (const delivery of due.flat()) await tx.put('deliveries', { ...delivery, state: 'sending' });
    if (pace && begun) await noteBroadcast(tx, ids, now, name, pace);
    return due;
  }

  async function deliver(batch: readonly Delivery[]): Promise<Tried[]> {
    let sentParts = batch[0]?.sentParts ?? 0;
    try {
      const account = accountOf(accounts, batch[0]?.account);
      if (!account) throw new SendError('no account is there', true);
      const opened = batch.map((each) => (each.sealed ? { ...each, text: vault.open(each.text) ?? say('reveal.lost') } : each));
      for (const saying of sayingsOf(opened, rules().longest, account.profile).slice(sentParts)) {
        if (isDoubtful()) throw new SendError('another process may be speaking for the community', true);
        await account.send(saying);
        sentParts++;
      }
      return batch.map((delivery) => ({ delivery: { ...delivery, state: 'sent' }, limited: false }));
    } catch (error) {
      return batch.map((delivery) => afterFailure(delivery, sentParts, error));
    }
  }

  function afterFailure(delivery: Delivery, sentParts: number, error: unknown): Tried {
    const certain = error instanceof SendError && error.certain;
    const limited = error instanceof SendError ? error.limited : false;
    const notNow = error instanceof SendError && error.notNow;
    const attempts = delivery.attempts + 1;
    log.warn({ delivery: delivery.id, kind: delivery.kind, attempts, certain, limited, notNow, err: error }, 'a delivery was not sent');
    const parts = sentParts > 0 ? { sentParts } : {};
    // Not begun, since the bot is being stopped or has let go: whoever goes on says it as if it had never been claimed.
    if ((stopping || isDoubtful()) && certain) return { delivery: { ...delivery, ...parts, state: 'queued' }, limited: false };
    // Their next word lets it go; that it waits is no attempt that failed.
    if (notNow) return { delivery: { ...delivery, ...parts, state: 'waiting' }, limited };
    const failed = { ...delivery, attempts, ...parts };
    if (!certain && delivery.kind === 'broadcast') return { delivery: { ...failed, state: 'unsure' }, limited };
    // A limit is no fault of the delivery: it goes on when the limit ends.
    if (attempts >= triesAtMost && !limited) return { delivery: { ...failed, state: 'failed' }, limited };
    const wait = Math.min(2 ** attempts / 4, longestWaitMinutes);
    return { delivery: { ...failed, state: 'queued', notBefore: plusMinutes(clock.now(), wait).toISOString() }, limited };
  }

  async function mark(tx: Transaction, { delivery, limited }: Tried): Promise<void> {
    const before = await tx.get('deliveries', delivery.id);
    // Somebody's data was deleted while it was on its way: it must not come back.
    if (!before) return;
    if (before.takenBack && ['queued', 'waiting'].includes(delivery.state)) return takeBack(tx, delivery);
    const other = await throughAnother(tx, delivery, limited !== false);
    if (other) return tx.put('deliveries', other);
    if (delivery.sealed && ['sent', 'failed'].includes(delivery.state)) await dropDelivery(tx, clock.now(), delivery);
    else await tx.put('deliveries', delivery);
    // What was said is history at once; broadcasts stay at hand for the report of their edition.
    if (delivery.state === 'sent' && delivery.kind !== 'broadcast')
      await tx.archive('deliveries', delivery.id, inShanghai(new Date(delivery.createdAt)).date.slice(0, 7));
    if (delivery.state !== 'failed' || delivery.kind !== 'reply') return;
    for (const reply of await toStaff(tx, say('trouble.undelivered', { id: delivery.id }))) await queue(tx, ids, clock.now(), reply);
  }

  /**
   * What an account cannot say before the person's next word goes through another that reaches them, and so does a call for help where it is limited;
   * what answers somebody waits where they asked.
   */
  async function throughAnother(tx: Transaction, delivery: Delivery, limited: boolean): Promise<Delivery | undefined> {
    const { state, kind, urgent, person, room, account = '', shutOn = [], sentParts = 0 } = delivery;
    const isShut = state === 'waiting' || (state === 'queued' && urgent && limited && sentParts === 0);
    if (!isShut || person === undefined || room !== undefined || (kind === 'reply' && !urgent)) return undefined;
    const shut = [...shutOn, account];
    const other = await elsewhere(tx, person, shut);
    if (other === undefined) return undefined;
    return { ...delivery, state: 'queued', account: other, shutOn: shut, notBefore: clock.now().toISOString() };
  }

  /** An account is limited: on it everything but what is urgent waits, and the director is told, unless it is for a moment. */
  async function pause(tx: Transaction, account: string, limited: true | LimitedFor): Promise<void> {
    const now = clock.now();
    const limit = await noteLimit(tx, account, rules().quiet, now, limited);
    if (!limit) return;
    log.error({ ...limit }, 'the account is limited: nothing but what is urgent is sent for now');
    if (limited === 'moment') return;
    const text = say('account.limited', wordsOf(limit, say));
    for (const reply of await toDirectors(tx, text)) await queue(tx, ids, now, { ...reply, urgent: true });
  }

  /** A message to all who follow an account: its platform knows the edition, and takes it once however often it is asked, for a day. */
  function isTakenOnce({ account, room, edition, createdAt }: Delivery): boolean {
    const isMass = accountOf(accounts, account)?.profile.mass === true && room !== undefined && edition !== undefined;
    return isMass && plusMinutes(new Date(createdAt), knownForMinutes) > clock.now();
  }

  return {
    pump() {
      if (stopping) return running ?? Promise.resolve();
      again = true;
      wake();
      running ??= drain().finally(() => {
        running = undefined;
      });
      return running;
    },
    async recover() {
      await store.transaction(async (tx) => {
        for (const delivery of await tx.find('deliveries', { state: 'sending' })) {
          const isUnsure = delivery.kind === 'broadcast' && !isTakenOnce(delivery);
          await tx.put('deliveries', { ...delivery, state: isUnsure ? 'unsure' : 'queued' });
        }
        if (!(await noteAccounts(tx, names(), clock.now()))) return;
        for (const delivery of await tx.find('deliveries', { state: 'queued' }))
          if (!names().includes(delivery.account ?? '')) await readdress(tx, delivery);
      });
    },
    async stop() {
      stopping = true;
      for (const account of accounts) account.stop?.();
      wake();
      await running?.catch(() => undefined);
      // A mark that could not be written is tried once more.
      if (finished.length > 0) await drain().catch((error: unknown) => log.error({ err: error }, 'what was sent could not be marked'));
    },
    async nextAt() {
      let soonest: string | undefined;
      await store.transaction(async (tx) => {
        for (const account of accounts) {
          const opens = await readGate(tx, clock.now(), rules().quiet, account);
          for await (const { opensAt } of nextOfEach(tx, account, opens, clock.now()))
            if (soonest === undefined || opensAt < soonest) soonest = opensAt;
        }
      });
      return soonest === undefined ? undefined : new Date(soonest);
    },
  };
}

/** Where it is said: two accounts may write to one person at once. */
const placeOf = (delivery: Delivery) => `${delivery.account}/${conversationOf(delivery)}`;

/** Where a message costs something: with a delivery goes what else waits for the same person and may go now, as much as one message takes. */
async function packedWith(
  tx: Transaction,
  delivery: Delivery,
  { opens, now, longest }: { readonly opens: Gate; readonly now: Date; readonly longest: number },
): Promise<Delivery[]> {
  const { person, room, account, id } = delivery;
  const isWords = ({ kind, file, sealed }: Delivery) => kind !== 'broadcast' && file === undefined && !sealed;
  if (room !== undefined || person === undefined || !isWords(delivery)) return [delivery];
  const packed = [delivery];
  let left = longest - delivery.text.length;
  for (const each of await tx.find('deliveries', { person, state: 'queued' }, { by: 'sequence' })) {
    if (each.id === id || each.account !== account || each.room !== undefined || !isWords(each)) continue;
    if ((opens(each) ?? '9') > now.toISOString() || each.text.length + joint.length > left) continue;
    left -= each.text.length + joint.length;
    packed.push(each);
  }
  return packed.sort((a, b) => a.sequence - b.sequence);
}

/** Between what is said in one message. */
const joint = '\n\n';

/**
 * What is said for deliveries to one: of several their words together; of a broadcast its text in parts, the first picture with the last of
 * them, then the others one by one, and to all who follow an account the whole at once.
 */
function sayingsOf(batch: readonly Delivery[], longest: number, { mass }: AccountProfile): Saying[] {
  const [delivery] = batch;
  if (!delivery) return [];
  const { text, file, files = [], kind, edition, id } = delivery;
  const to = recipient(delivery);
  if (kind !== 'broadcast') {
    const progress = batch.find((each) => each.progress)?.progress;
    const urgent = batch.some((each) => each.urgent);
    return [
      {
        to,
        id,
        text: batch.map((each) => each.text).join(joint),
        kind,
        ...(file === undefined ? {} : { file }),
        ...(urgent ? { urgent } : {}),
        ...(batch.some((each) => each.sealed) ? { secret: true as const } : {}),
        ...(progress ? { progress } : {}),
      },
    ];
  }
  const [first, ...others] = files;
  if (mass && delivery.room !== undefined)
    return [{ to, id, text, kind, ...(first === undefined ? {} : { file: first }), ...(edition === undefined ? {} : { edition }) }];
  const parts = paragraphsUpTo(text, longest);
  return [
    ...parts.map((part, index): Saying => ({ to, text: part, kind, ...(first && index === parts.length - 1 ? { file: first } : {}) })),
    ...others.map((picture): Saying => ({ to, text: '', file: picture, kind })),
  ];
}

function recipient(delivery: Delivery): Recipient {
  if (delivery.room === undefined) return { person: delivery.person ?? '' };
  return delivery.person === undefined ? { room: delivery.room } : { room: delivery.room, person: delivery.person };
}
