import type { ListedSheet } from '../../domain/content/sheets.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { rootMenu } from './menu-page.ts';
import { openTopic } from './open-topic.ts';

/** Codes of desks may be made as "desk/desk-1"; ours are the sheet's id alone. */
const scenePrefix = 'desk/';

/** Somebody has followed the account, or scanned one of its codes: one line of welcome and the menu, or where they are and what they can do there. */
export const arrived: Handler = async (turn) => {
  const { event } = turn.message;
  if (event?.does !== 'follow' && event?.does !== 'scan') return undefined;
  const sheet = sheetOf(turn, event.scene);
  const there = sheet && (await atSheet(turn, sheet));
  if (event.does === 'scan' && there) return there;
  const { botName, name } = turn.content.community;
  const welcome = here(turn, turn.say('follow.welcome', { bot: botName, community: name }));
  if (there) return { ...there, replies: [welcome, ...there.replies] };
  return { decision: 'action', topic: 'action.menu', replies: [welcome, here(turn, rootMenu(turn.content, turn.say))] };
};

function sheetOf({ content }: Turn, scene: string): ListedSheet | undefined {
  const id = scene.startsWith(scenePrefix) ? scene.slice(scenePrefix.length) : scene;
  return content.sheets.sheets.find((sheet) => sheet.id === id || sheet.name === id);
}

/** What hangs at a desk or building says where one is; what is about a topic opens it. */
async function atSheet(turn: Turn, { topic, at, line, title }: ListedSheet): Promise<Outcome> {
  if (topic !== undefined) return openTopic(turn, topic, null, title);
  const where = at === undefined ? turn.say('follow.here', { line }) : turn.say('follow.at', { place: at, line });
  return { decision: 'action', topic: 'action.menu', replies: [here(turn, where), here(turn, rootMenu(turn.content, turn.say))] };
}
