import type { MenuItem } from '../../domain/content/knowledge.ts';
import { pageOf } from '../../domain/content/menu.ts';
import type { Client } from './client.ts';

/** A button as WeChat takes it. */
export interface Button {
  readonly name: string;
  readonly type?: 'click' | 'view';
  readonly key?: string;
  readonly url?: string;
  readonly sub_button?: readonly Button[];
}

/** Columns, entries in each, and bytes of their labels. Tencent's page says 60 bytes for the second level, older ones 40: below both. */
const most = { columns: 3, entries: 5, columnBytes: 16, entryBytes: 40 };

/** The beginning of a key: what follows is the number of the entry in our own menu, as somebody would type it. */
export const keyPrefix = 'menu/';

/** What is wrong with the first columns of a menu, as an account's menu. */
export type MenuFault = { readonly item: MenuItem; readonly is: 'tooMany' | 'tooLong'; readonly atMost: number };

/**
 * The account's menu: the first three entries of ours as columns, with what lies below them. Others are reached by words.
 * @param siteUrl the address of the community's site: what is a page of it is opened there; the rest, and all while there is none, is answered in the chat
 */
export function accountMenu(menu: MenuItem, siteUrl: string | undefined): readonly Button[] {
  const pressed = (item: MenuItem) => {
    const page = pageOf(item);
    if (siteUrl === undefined || page === undefined) return { type: 'click' as const, key: `${keyPrefix}${item.number}` };
    return { type: 'view' as const, url: `${siteUrl}${page}` };
  };
  return menu.items.slice(0, most.columns).map((column) => ({
    name: column.title,
    ...(column.items.length === 0 ? pressed(column) : { sub_button: column.items.map((item) => ({ name: item.title, ...pressed(item) })) }),
  }));
}

/** Why it could not be published. */
export function menuFaults(menu: MenuItem): MenuFault[] {
  const columns = menu.items.slice(0, most.columns);
  return columns.flatMap((column): MenuFault[] => [
    ...tooLong(column, most.columnBytes),
    ...(column.items.length > most.entries ? [{ item: column, is: 'tooMany' as const, atMost: most.entries }] : []),
    ...column.items.flatMap((item) => tooLong(item, most.entryBytes)),
  ]);
}

/** Whether the account shows this menu. @throws ApiError */
export async function showsMenu(client: Client, buttons: readonly Button[]): Promise<boolean> {
  const { menu } = await client.get('/cgi-bin/menu/get').catch((error: { code?: number }) => {
    // There is none.
    if (error.code === 46003) return { menu: {} };
    throw error;
  });
  const shown = (menu as { button?: unknown } | undefined)?.button;
  return JSON.stringify(plain(shown)) === JSON.stringify(plain(buttons));
}

/** Publishes it where the account shows another. @returns whether it did @throws ApiError */
export async function publishMenu(client: Client, buttons: readonly Button[]): Promise<boolean> {
  if (await showsMenu(client, buttons)) return false;
  await client.post('/cgi-bin/menu/create', { button: buttons });
  return true;
}

function tooLong(item: MenuItem, atMost: number): MenuFault[] {
  return Buffer.byteLength(item.title) > atMost ? [{ item, is: 'tooLong', atMost }] : [];
}

/** Only what we set, in our order: WeChat adds empty lists. */
function plain(buttons: unknown): unknown {
  if (!Array.isArray(buttons)) return [];
  return buttons.map(({ name, type, key, url, sub_button = [] }) => [name, type ?? '', key ?? '', url ?? '', plain(sub_button)]);
}
