import type { Case } from '../src/cli/evaluation/case.ts';
import { measure } from '../src/cli/evaluation/measure.ts';
import type { Lessons } from '../src/domain/understanding/lessons.ts';
import { install } from './install.ts';
import { ms } from './measure.ts';
import type { System } from './peers/system.ts';
import { phrasingsOf } from './peers/system.ts';
import { systems } from './peers/systems.ts';
import { type Outcome, trial } from './peers/trial.ts';
import { grownLessons, ownCases, ownLessons, thinnedLessons } from './split.ts';

/** A system that needs longer for a message is tested on fewer of them. */
const msPerMessage = 60;
/** Who cannot learn all phrasings in time learns every fourth; the engine does the same then, for comparison. */
const thinning = 4;
const sizes = [100, 1_000, 10_000];
const messagesOfSizes = 300;

/**
 * The engine beside what else there is, on the project's own content: two Markdown tables, line by line as they come. `ids` are
 * the systems that are wanted; none means all.
 */
export async function benchUnderstanding(folder: string, ids: readonly string[], print: (line: string) => void): Promise<void> {
  const wanted = systems.filter(({ id }) => ids.length === 0 || ids.includes(id));
  if (wanted.length === 0) throw new Error(`The systems are: ${systems.map(({ id }) => id).join(', ')}`);
  install('minisearch');
  const lessons = ownLessons();
  const cases = ownCases();
  const outside = cases.filter(({ topic }) => topic === null).length;
  print(
    `Learnt: ${phrasingsOf(lessons).length} phrasings of ${lessons.intents.length} topics, ${lessons.background.length} background messages. ` +
      `Tested: ${cases.length - outside} in scope, ${outside} out of scope.\n`,
  );

  print('| | background | accuracy@1 | accuracy@3 | AUROC | right at 5 % false | training | p50 | p99 | memory |');
  print('|---|---|---|---|---|---|---|---|---|---|');
  const reading = (count: number) => ({ texts: cases.slice(0, count).map(({ text }) => text), readingMs: count * msPerMessage });
  const compare = async (system: System, learnt: Lessons) => {
    const outcome = await trial(system, { lessons: learnt, ...reading(cases.length) }, folder);
    print(row(system, outcome, cases));
    return outcome.failure !== undefined && outcome.training === undefined;
  };
  const tooSlow: System[] = [];
  for (const system of wanted) if (await compare(system, lessons)) tooSlow.push(system);
  const [engine] = systems;
  if (engine && tooSlow.length > 0) {
    const fewer = thinnedLessons(lessons, thinning);
    for (const system of [engine, ...tooSlow]) await compare({ ...system, title: `${system.title}, a quarter of the phrasings` }, fewer);
  }

  print(`\n| topics: training, p50, p99 | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} |`);
  print(`|---|${sizes.map(() => '---|').join('')}`);
  const grown = sizes.map((size) => grownLessons(lessons, size));
  for (const system of wanted) {
    const cells: string[] = [];
    for (const each of grown) cells.push(cell(await trial(system, { lessons: each, ...reading(messagesOfSizes) }, folder)));
    print(`| ${system.title} | ${cells.join(' | ')} |`);
  }
}

function row({ title, background }: System, outcome: Outcome, cases: readonly Case[]): string {
  const start = `| ${title} | ${background ? 'learnt' : '–'} |`;
  if (outcome.failure !== undefined) return `${start} ${outcome.failure} | | | | ${seconds(outcome.training)} | | | |`;
  const { candidates, training, p50, p99, memory } = outcome;
  const report = measure(
    candidates.flatMap((found, index) => {
      const each = cases[index];
      return each
        ? [
            {
              ...each,
              candidates: found,
              decision: 'fallback' as const,
              said: null,
              saidFacet: null,
              choices: [],
              seen: undefined,
              belief: -9,
              saidAct: undefined,
              read: [],
              unheard: 0,
            },
          ]
        : [];
    }),
  );
  const figures = [report['accuracy@1'], report['accuracy@3'], report.auroc, report.rightAt5False].map((figure) => figure.toFixed(3));
  const part = candidates.length < cases.length ? ` (on ${candidates.length} messages)` : '';
  return `${start} ${figures.join(' | ')} | ${seconds(training)} | ${ms(p50)}${part} | ${ms(p99)} | ${Math.round(memory / 1e6)} MB |`;
}

function cell(outcome: Outcome): string {
  if (outcome.failure !== undefined) return outcome.failure;
  const { training, p50, p99, candidates } = outcome;
  const part = candidates.length < messagesOfSizes ? ` (${candidates.length} messages)` : '';
  return `${seconds(training)}, ${ms(p50)}, ${ms(p99)}${part}`;
}

function seconds(time: number | undefined): string {
  return time === undefined ? '' : `${(time / 1000).toFixed(2)} s`;
}
