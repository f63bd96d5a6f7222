import { parseArgs } from 'node:util';
import { loadFiles } from '../adapters/content/load.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions } from './community.ts';
import { contentFolder } from './understanding.ts';

/** `wording [--community ID]`: everything the bot says, as one Markdown page, so that a person can read its whole voice at a sitting. @throws ContentError */
export async function wording(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: communityOptions });
  const { content } = loadFiles(contentFolder(chosenCommunity(process.env, values).config));
  const chapters: [title: string, lines: string[]][] = [
    ['答复的开头', [...content.answers.values()].map(({ title, lead }) => said(title, lead.text))],
    [
      '有人有危险',
      [
        ...content.emergencies.kinds.flatMap(({ title, card, ask = [], calm = [], variants = [] }) =>
          [card, ask, calm, ...variants.map((each) => each.card ?? [])].flat().map((text) => said(title, text)),
        ),
        ...content.emergencies.situations.flatMap(({ card = [] }) => card).map((text) => said('不管哪一种', text)),
      ],
    ],
    [
      '登记诉求',
      [...content.categories.values()].map(({ title, what, where = '', advice = '' }) =>
        said(title, [what, where, advice].filter(Boolean).join(' ／ ')),
      ),
    ],
    ['提醒居民', content.remindMe.kinds.map(({ title, ask = '', says }) => said(title, [ask, says].filter(Boolean).join(' ／ ')))],
    ['平时说的话', [...content.wording].map(([key, variants]) => said(key, variants.join(' ／ ')))],
    [
      '同事听到的',
      [...content.staffNotes.values()].map(({ id, says }) => said(content.titles.get(id) ?? id, says.map(({ text }) => text).join(' ／ '))),
    ],
    ['命令', [...content.commands.values()].map(({ verb, usage, summary }) => said(`/${verb} ${usage}`, summary))],
    ['全年提醒', content.newsIdeas.map(({ month, title, text }) => said(`${month} 月 ${title}`, text))],
  ];
  for (const [title, lines] of chapters) process.stdout.write(`# ${title}\n\n${lines.join('\n')}\n\n`);
}

function said(name: string, text: string): string {
  return `- **${name.trim()}** ${text.replace(/\n/g, ' ⏎ ')}`;
}
