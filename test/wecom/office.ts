import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { communityOf } from '../../src/cli/community.ts';
import { openDeskOf } from '../../src/cli/community-desk.ts';
import { readConfig } from '../../src/cli/config.ts';
import { runDesk } from '../../src/cli/run.ts';
import { attachWecom } from '../../src/cli/wecom.ts';
import { firstAccount, type Saying } from '../../src/desk/kernel/accounts.ts';
import type { Message } from '../../src/desk/kernel/message.ts';
import { createDirectory } from '../../src/desk/people/directory.ts';
import { accountThat } from '../support/account.ts';
import { trainedFolder } from '../support/trained.ts';
import { RobotService } from './robot-service.ts';

/** What somebody read on WeChat. */
interface Read {
  readonly to: string;
  readonly text: string;
}

/** The whole desk of a community on two accounts: residents and staff on WeChat, which is only recorded here, and the robot of 企业微信 against the service. */
export async function openOffice({ at = '2026-11-23T10:00:00+08:00' } = {}) {
  const service = await RobotService.open();
  const stateDir = mkdtempSync(join(tmpdir(), 'lianxinqiao-wecom-office-'));
  cpSync(join(trainedFolder, 'cache'), join(stateDir, 'cache'), { recursive: true });
  const config = readConfig({
    STATE_DIR: stateDir,
    LOG_LEVEL: 'silent',
    WECOM_BOT_ID: 'bot',
    WECOM_BOT_SECRET: 'secret',
    WECOM_URL: service.url,
  });
  let now = new Date(at);
  const printed: string[] = [];
  const desk = await openDeskOf(config, communityOf(config), {
    print: (line) => void printed.push(line),
    restart: () => undefined,
    clock: { now: () => now },
  });
  const onWechat: Read[] = [];
  const directory = createDirectory(desk.store, desk.ids, firstAccount);
  const recorded = accountThat(async ({ to, text }: Saying) => {
    const native = await directory.nativeOf('room' in to ? to.room : to.person);
    onWechat.push({ to: native ?? '', text });
  });
  const robot = await attachWecom(desk);
  const running = await runDesk(desk, [{ account: recorded, connect: () => undefined, end: () => undefined }, robot]);
  await running.begin();
  await service.until(() => service.isIn);
  let count = 0;

  const office = {
    service,
    desk,
    app: running.app,
    printed,
    /** What somebody has read on WeChat. */
    read: (who: string) => onWechat.filter(({ to }) => to === who).map(({ text }) => text),
    /** Somebody says something on WeChat, and what is said to it is sent. */
    async onWechat(who: string, text: string): Promise<void> {
      const person = await directory.person(who, { name: who, reachable: true });
      const message: Message = { id: `w${++count}`, account: firstAccount, person, text, kind: 'text', addressed: true };
      await running.app.hear(message);
      await running.app.outbox.pump();
    },
    /** A member of staff says something to the robot, and waits for so many things that are said there. */
    async onWecom(
      user: string,
      text: string,
      { group, answers = 1 }: { readonly group?: string; readonly answers?: number } = {},
    ): Promise<string[]> {
      const chat = group ?? user;
      const before = service.read(chat).length;
      service.say(user, text, group === undefined ? {} : { group });
      await service.until(() => service.read(chat).length >= before + answers);
      await running.app.outbox.pump();
      return service.read(chat).slice(before);
    },
    /** Moves the clock, and does what is due then. */
    async to(moment: string): Promise<void> {
      now = new Date(moment);
      await running.app.tick();
    },
    async close(): Promise<void> {
      await running.end();
      await running.close();
      await service.close();
      rmSync(stateDir, { recursive: true });
    },
  };
  return office;
}

export type WecomOffice = Awaited<ReturnType<typeof openOffice>>;
