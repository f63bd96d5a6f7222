import { type Quotes, quotesOf } from '../../domain/words/quoting.ts';
import { archivedRows } from '../kernel/archive.ts';
import { discard } from '../kernel/discards.ts';
import { papersFolder } from '../kernel/papers.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Tables } from '../kernel/table.ts';
import type { Turn } from '../kernel/turn.ts';
import { dropDelivery } from '../sending/deliveries.ts';
import type { Delivery } from '../sending/rows.ts';

/** By what copies of somebody's words are known wherever they stand without the person. */
export interface Traces {
  readonly person: string;
  /** The numbers of their appeals and alarms. */
  readonly numbers: readonly string[];
  /** Whether a text that was said to somebody repeats their words. */
  readonly quotes: Quotes;
  /** Whether a text does that cannot be spared: what others write of the same staircase is alike. */
  readonly surelyQuotes: Quotes;
}

type Erasing = Pick<Turn, 'tx' | 'now'>;

/** So many characters in a row are a copy where only a copy is lost, and where a row of others would be. */
const copied = 6;
const surelyCopied = 12;

/** Reads what somebody said, told of and joined, here and in the archive, before it is gone. Slow: the archive is read. */
export async function tracesOf({ tx, person: { id } }: Pick<Turn, 'tx' | 'person'>): Promise<Traces> {
  const appeals = [...(await archivedRows(tx, 'appeals', id)), ...(await tx.mentioning('appeals', id))];
  const alarms = [...(await archivedRows(tx, 'alarms', id)), ...(await tx.mentioning('alarms', id))];
  const own = <Row extends { readonly person: string }>(rows: readonly Row[]) => rows.filter(({ person }) => person === id);
  const steps = [...appeals, ...alarms].flatMap(({ history }) => history as readonly { actor: string; text?: string }[]);
  const said = [
    ...own(appeals).flatMap(({ what, place = '', result = '' }) => [what, place, result]),
    ...own(alarms).flatMap(({ place = '', history }) => [place, ...history.map(({ text = '' }) => text)]),
    ...steps.filter(({ actor }) => actor === id).map(({ text = '' }) => text),
    ...(await tx.mentioning('feedback', id)).map(({ text }) => text),
    ...(await tx.mentioning('unanswered', id)).map(({ text }) => text),
    ...(await tx.mentioning('suspicions', id)).map(({ text }) => text),
  ];
  const numbers = [...own(appeals), ...own(alarms)].map((row) => row.id);
  return { person: id, numbers, quotes: quotesOf(said, copied), surelyQuotes: quotesOf(said, surelyCopied) };
}

/** Erases the copies of somebody's words that stand where they themselves do not. Slow: the archive is read and written anew. */
export async function eraseCopies(turn: Erasing, traces: Traces): Promise<void> {
  await erasePublished(turn, traces);
  await eraseSaid(turn, traces);
  await eraseQuotations(turn.tx, traces);
  await eraseUnreadable(turn.tx, traces);
  for (const { id, appeals } of await turn.tx.find('originals'))
    if (appeals.some((number) => traces.numbers.includes(number))) await turn.tx.remove('originals', id);
}

/**
 * What was said to others of them. Nothing reads again what staff were told, and lists and workbooks hold everybody's words: of what was
 * sent to staff nothing stays.
 */
async function eraseSaid({ tx, now }: Erasing, traces: Traces): Promise<void> {
  const staff = new Set([
    ...(await tx.find('people', { role: ['worker', 'director'] })).map(({ id }) => id),
    ...(await tx.find('rooms', { kind: 'staff' })).map(({ id }) => id),
  ]);
  const toStaff = ({ room, person = '' }: Delivery) => staff.has(room ?? person);
  const named = ({ text }: Delivery) => traces.numbers.some((number) => text.includes(number));
  const over = ({ state }: Delivery) => state === 'sent' || state === 'failed';
  const isCopy = (each: Delivery) => each.kind !== 'broadcast' && (toStaff(each) || named(each) || traces.quotes(each.text));
  // What is still to be said goes with more care, and no call for help does.
  const mayGo = ({ text, file, urgent }: Delivery) => !urgent && (traces.surelyQuotes(text) || file?.startsWith(papersFolder));
  for (const delivery of await tx.find('deliveries')) {
    if (named(delivery) || (over(delivery) ? isCopy(delivery) : toStaff(delivery) && mayGo(delivery)))
      await dropDelivery(tx, now, delivery);
  }
  await tx.amendArchive('deliveries', ['"'], (delivery) => (isCopy(delivery) ? undefined : delivery));
}

/** What of theirs was shown, with their leave, in an edition: its lines go, also from copies that are still to be sent, and its card. */
async function erasePublished({ tx, now }: Erasing, { numbers, quotes }: Traces): Promise<void> {
  const without = (text: string) =>
    text
      .split('\n')
      .filter((line) => !quotes(line))
      .join('\n');
  const isCard = (file: string) => file.startsWith(papersFolder);
  const shown = (await tx.find('editions')).filter(({ items = [] }) => items.some((item) => numbers.includes(item)));
  for (const { files = [], sections = [], ...edition } of shown) {
    await tx.put('editions', {
      ...edition,
      text: without(edition.text),
      sections: sections.map((section) => ({ ...section, text: without(section.text) })),
      files: files.filter((file) => !isCard(file)),
    });
    await discard(tx, now, files.filter(isCard));
    const cleaned = (delivery: Delivery): Delivery =>
      delivery.files
        ? { ...delivery, text: without(delivery.text), files: delivery.files.filter((file) => !isCard(file)) }
        : { ...delivery, text: without(delivery.text) };
    for (const copy of await tx.find('deliveries', { edition: edition.id })) await tx.put('deliveries', cleaned(copy));
    await tx.amendArchive('deliveries', [edition.id], (row) => (row.edition === edition.id ? cleaned(row) : row));
  }
}

/** What staff wrote of them in the matters of others, and questions of theirs that staff have listed or adopted. */
async function eraseQuotations(tx: Transaction, { quotes, surelyQuotes }: Traces): Promise<void> {
  for (const table of ['appeals', 'alarms'] as const) {
    for (const row of await tx.find(table)) if (isQuoting(row, surelyQuotes)) await tx.put(table, withoutQuotation(row, surelyQuotes));
    await tx.amendArchive(table, ['"'], (row) => (isQuoting(row, surelyQuotes) ? withoutQuotation(row, surelyQuotes) : row));
  }
  // Of what was kept before it was noted who asked nobody knows whose it was.
  for (const { id, askers } of await tx.find('unanswered')) if (!askers) await tx.remove('unanswered', id);
  for (const { listed, ...conversation } of await tx.find('conversations'))
    if (listed?.of === 'questions' && listed.rows.flat().some(quotes)) await tx.put('conversations', conversation);
}

type Matter = Pick<Tables['appeals'] | Tables['alarms'], 'result' | 'history'>;

const isQuoting = ({ result = '', history }: Matter, quotes: Quotes) =>
  quotes(result) || history.some(({ text }) => text !== undefined && quotes(text));

function withoutQuotation<Row extends Matter>({ result, history, ...rest }: Row, quotes: Quotes): Row {
  const steps = history.map(({ text, ...step }) => (text === undefined || quotes(text) ? step : { ...step, text }));
  return { ...rest, ...(result === undefined || quotes(result) ? {} : { result }), history: steps } as unknown as Row;
}

/** Of a row that was put aside since it cannot be read nobody knows what it says: those go that may speak of them, and what are copies anyway. */
async function eraseUnreadable(tx: Transaction, { person, numbers, quotes }: Traces): Promise<void> {
  for (const { id, table, row } of await tx.find('damaged')) {
    const text = JSON.stringify(row) ?? '';
    const isTheirs = [person, ...numbers].some((each) => text.includes(each)) || quotes(text);
    if (isTheirs || table === 'deliveries' || table === 'unanswered') await tx.remove('damaged', id);
  }
}
