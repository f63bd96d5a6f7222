import { type ListedSheet, landingOf } from '../../domain/content/sheets.ts';
import type { Command } from '../kernel/command.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';

/** What a sheet is called that is not listed. */
const nameAtMost = 30;

/** 二维码: a sheet to be printed, for a desk, a building or a topic; without a name, which there are. */
export const qrSheet: Command = {
  id: 'sheet',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn, { text }) {
    const { say, papers, content } = turn;
    const { scan, sheets } = content.sheets;
    if (text === '') return [here(turn, say('sheet.list', { names: sheets.map(({ name }) => name).join(say('list.separator')) }))];
    if (!papers) throw new UserError(say('paper.none'));
    const listed = sheets.find(({ name, title }) => name === text || title === text);
    // What an account is told of a scan is the id of a sheet that is listed.
    const scene = papers.codes ? listed?.id : undefined;
    if (papers.site === undefined && scene === undefined) throw new UserError(say(papers.codes ? 'sheet.notListed' : 'sheet.noSite'));
    const sheet = listed ?? unlisted(turn, text.slice(0, nameAtMost));
    const { topic, at, title, line, name } = sheet;
    const file = await papers.sheet({
      title,
      line,
      name,
      scan,
      community: content.community.name,
      path: landingOf({ ...(topic === undefined ? {} : { topic }), ...(at === undefined ? {} : { at }) }),
      ...(scene === undefined ? {} : { scene }),
    });
    const done = scene !== undefined ? 'sheet.doneOnAccount' : at === undefined ? 'sheet.done' : 'sheet.doneAt';
    return [here(turn, say(done, { name }), file)];
  },
};

/** A place that nobody has listed: its sheet leads to the form for a report, with the place filled in. */
function unlisted({ content }: Turn, name: string): Omit<ListedSheet, 'id'> {
  return { ...content.sheets.other, name, at: name };
}
