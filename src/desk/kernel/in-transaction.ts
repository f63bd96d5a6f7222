import type { App } from './desk.ts';
import type { Ids, Transaction } from './ports.ts';
import { speaker } from './say.ts';

/** So many slow things one piece of work may need. */
const slowAtMost = 10;

/** Something slow that is wanted inside a transaction, and done outside of it. */
class Wanted extends Error {
  readonly call: string;
  readonly work: () => Promise<unknown>;
  constructor(call: string, work: () => Promise<unknown>) {
    super(`${call.slice(0, 80)} is done outside of the transaction`);
    this.call = call;
    this.work = work;
  }
}

/**
 * Runs work in one transaction in which nothing slow is waited for. Where the work asks one of its ports for something slow (a picture,
 * a workbook, the digest of a PIN, a backup, the figures of other communities), the transaction is given up without a trace, the slow thing is done, and the work runs
 * anew, at the same moment and with the same chance, and is handed what was made. So a crash leaves at most a file that nobody was
 * told of, and nobody waits behind a picture.
 * @param work gets the ports with which this holds; it may run several times, so it changes nothing but rows
 */
export async function inTransaction<R>(app: App, work: (tx: Transaction, app: App) => Promise<R>): Promise<R> {
  const done = new Map<string, PromiseSettledResult<unknown>>();
  const drawn = new Map<string, unknown[]>();
  const moment = later(() => app.clock.now());
  for (let times = 0; times <= slowAtMost; times++) {
    let wanted: Wanted | undefined;
    const slowly = <T>(name: string, given: readonly unknown[], make: () => Promise<T>): Promise<T> => {
      const call = `${name} ${JSON.stringify(given)}`;
      const made = done.get(call);
      if (made) return made.status === 'fulfilled' ? Promise.resolve(made.value as T) : Promise.reject(made.reason);
      wanted ??= new Wanted(call, make);
      return Promise.reject(wanted);
    };
    const ids = replayed(app.ids, drawn);
    const inside = {
      ...app,
      ...slowPorts(app, slowly),
      ids,
      clock: { now: moment },
      say: speaker(() => app.content.current().wording, ids),
    };
    try {
      return await app.store.transaction(async (tx) => {
        const result = await work(tx, inside);
        // Whoever caught it did without; nothing of that is kept.
        if (wanted) throw wanted;
        return result;
      });
    } catch (error) {
      const next = wanted as Wanted | undefined;
      if (!next) throw error;
      const [made] = await Promise.allSettled([next.work()]);
      done.set(next.call, made);
    }
  }
  throw new Error(`more than ${slowAtMost} slow things were wanted in one transaction, or never the same ones twice`);
}

type Slowly = <T>(name: string, given: readonly unknown[], make: () => Promise<T>) => Promise<T>;

/** The ports whose work takes long. */
function slowPorts(
  { papers, secrets, backups, street }: App,
  slowly: Slowly,
): Partial<Pick<App, 'papers' | 'secrets' | 'backups' | 'street'>> {
  return {
    ...(papers && {
      papers: {
        chart: (...given) => slowly('chart', given, () => papers.chart(...given)),
        card: (...given) => slowly('card', given, () => papers.card(...given)),
        workbook: (...given) => slowly('workbook', given, () => papers.workbook(...given)),
        page: (...given) => slowly('page', given, () => papers.page(...given)),
        word: (...given) => slowly('word', given, () => papers.word(...given)),
        sheet: (...given) => slowly('sheet', given, () => papers.sheet(...given)),
        ...(papers.site === undefined ? {} : { site: papers.site }),
        ...(papers.codes ? { codes: papers.codes } : {}),
      },
    }),
    ...(secrets && { secrets: { digest: (...given) => slowly('digest', given, () => secrets.digest(...given)) } }),
    ...(street && { street: { counts: (...given) => slowly('counts', given, () => street.counts(...given)) } }),
    ...(backups && { backups: { ...backups, make: (...given) => slowly('backup', given, () => backups.make(...given)) } }),
  };
}

/** The same ids and chances in the same order each time. */
function replayed(ids: Ids, drawn: Map<string, unknown[]>): Ids {
  const next = new Map<string, number>();
  const draw = <T>(kind: string, make: () => T): T => {
    const before = drawn.get(kind) ?? [];
    drawn.set(kind, before);
    const index = next.get(kind) ?? 0;
    next.set(kind, index + 1);
    if (index === before.length) before.push(make());
    return before[index] as T;
  };
  return {
    id: () => draw('id', () => ids.id()),
    code: (length) => draw(`code ${length}`, () => ids.code(length)),
    chance: (below) => draw(`chance ${below}`, () => ids.chance(below)),
  };
}

/** Asks once, when it is first wanted. */
function later<T>(ask: () => T): () => T {
  let asked: { readonly answer: T } | undefined;
  return () => {
    asked ??= { answer: ask() };
    return asked.answer;
  };
}
