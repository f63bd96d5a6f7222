import { Account } from './account.ts';
import { Faults } from './faults.ts';
import { Media } from './media.ts';
import { Phone } from './phone.ts';
import { type Served, serve } from './server.ts';
import { Talk } from './talk.ts';
import { World, type WorldOptions } from './world.ts';

/**
 * An emulation of web WeChat's HTTP API, as far as wechat4u 0.7 uses it: one account, its friends and rooms, everything that
 * people do and that goes wrong. Written after wechat4u's source; nothing of it was compared with the real servers.
 *
 *     const wechat = await startWebWechat();
 *     const granny = wechat.world.friend('张奶奶');
 *     … start a child against it (child/child.ts) …
 *     await wechat.phone.logIn();
 *     wechat.talk.say(granny, '居住证怎么办');
 *     await wechat.world.until(() => wechat.world.saidTo(granny).length > 0);
 */
export interface WebWechat extends Served {
  readonly world: World;
  readonly account: Account;
  readonly phone: Phone;
  readonly talk: Talk;
  readonly faults: Faults;
}

export async function startWebWechat(options: WorldOptions = {}): Promise<WebWechat> {
  const world = new World(options);
  const account = new Account(world);
  const media = new Media();
  const faults = new Faults(account);
  const served = await serve({ account, faults, media });
  return { ...served, world, account, faults, phone: new Phone(account), talk: new Talk(account, media) };
}
