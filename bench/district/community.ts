import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApi } from '../../test/official/emulator/api.ts';
import { World } from '../../test/official/emulator/world.ts';

/** A community of the district, and what WeChat knows of its 服务号. */
export interface Community {
  readonly id: string;
  readonly world: World;
  readonly close: () => Promise<void>;
}

/** Makes the folder of a community: a name and a prefix of its own, and an account of the emulator. */
export async function openCommunity(all: string, index: number): Promise<Community> {
  const id = `c${String(index).padStart(3, '0')}`;
  const folder = join(all, id);
  mkdirSync(join(folder, 'data'), { recursive: true });
  // The last letter first: JQ, with which numbers of alarms begin, comes after four hundred others.
  const letter = (count: number) => String.fromCharCode(65 + (count % 26));
  const own = readFileSync('data/community.yaml', 'utf8')
    .replace(/^name: .*$/m, `name: 第${index + 1}社区`)
    .replace(/^prefix: .*$/m, `prefix: ${letter(index)}${letter(Math.floor(index / 26))}`);
  writeFileSync(join(folder, 'data/community.yaml'), own);
  const world = new World(new Date().toISOString(), { appId: `wx${id}` });
  world.now = () => new Date();
  const { address, close } = await openApi(world);
  const { appId, secret, token, key = '' } = world.platform;
  const account = {
    OFFICIAL_APP_ID: appId,
    OFFICIAL_APP_SECRET: secret,
    OFFICIAL_TOKEN: token,
    OFFICIAL_AES_KEY: key,
    OFFICIAL_API: address,
  };
  writeFileSync(
    join(folder, 'accounts.env'),
    Object.entries(account)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return { id, world, close };
}
