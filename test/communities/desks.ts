import { join } from 'node:path';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { countsOf } from '../../src/desk/figures/street.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import type { Street } from '../../src/desk/kernel/street.ts';
import { eachTable } from '../../src/desk/kernel/table.ts';
import { shippedContent } from '../support/content.ts';
import { type DeskOptions, openTestDesk, type TestDesk } from '../support/desk.ts';

/** The content of one of the communities that are shipped as examples, with the trained model of the shipped phrasings. */
export function contentOf(id: 'estate' | 'village'): Content {
  const own = loadFiles([projectFolder, join(projectFolder, 'examples', id)]).content;
  const snapshot = { ...shippedContent().current(), ...own };
  return { current: () => snapshot, teach: () => undefined };
}

/** A desk of one of them. */
export const openCommunity = (id: 'estate' | 'village', options: DeskOptions = {}): Promise<TestDesk> =>
  openTestDesk({ content: contentOf(id), ...options });

/** The street over these desks, as it is over those of a process. */
export const streetOver = (desks: readonly Pick<TestDesk, 'app'>[]): Street => ({
  counts: (period) =>
    Promise.all(desks.map(async ({ app }) => ({ name: app.content.current().community.name, counts: await countsOf(app, period) }))),
});

/** Everything that a desk keeps, as text. */
export function keptBy({ store }: Pick<TestDesk, 'store'>): Promise<string> {
  return store.transaction(async (tx) => {
    const tables = await Promise.all(eachTable(tx.tables).map(async ([name]) => [name, await tx.find(name)]));
    return JSON.stringify(tables);
  });
}
