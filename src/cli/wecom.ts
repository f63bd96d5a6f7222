import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAllowance } from '../adapters/wecom/allowance.ts';
import { createOpenAnswers } from '../adapters/wecom/answers.ts';
import { createConnection, type RobotState } from '../adapters/wecom/connection.ts';
import type { Body } from '../adapters/wecom/frames.ts';
import { createHearing } from '../adapters/wecom/hearing.ts';
import { fetchFile } from '../adapters/wecom/media.ts';
import { readEntering } from '../adapters/wecom/said.ts';
import { createSending, wecomProfile } from '../adapters/wecom/sending.ts';
import { openWebSocket } from '../adapters/wecom/socket.ts';
import type { App } from '../desk/kernel/desk.ts';
import { createDirectory } from '../desk/people/directory.ts';
import { accountAway, accountBack } from '../desk/sending/away.ts';
import type { Attached, CommunityDesk } from './community-desk.ts';
import { ConfigError } from './config.ts';

const name = 'wecom';
/** A shorter break is nobody's concern: it comes back by itself. */
const toldAfterMs = 60_000;

/** Attaches the robot of 企业微信. @throws ConfigError when only half of its settings are there */
export async function attachWecom(desk: CommunityDesk): Promise<Attached> {
  const { mediaFolder, store, library, ids, log, say, print, notify } = desk;
  const { WECOM_URL: url, WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret } = desk.config;
  if (botId === undefined || secret === undefined) throw new ConfigError('WECOM_BOT_ID and WECOM_BOT_SECRET are needed together');
  const directory = createDirectory(store, ids, name);
  const monotonic = () => performance.now();
  const answers = createOpenAnswers(monotonic);
  let hear: (id: string, body: Body) => void = () => undefined;
  let app: App | undefined;
  let callOff: (() => void) | undefined;
  /** What whoever sits at the machine was told last of it, and thereby whether others were told that it is away. */
  let told: RobotState['kind'] | undefined;

  const connection = createConnection({
    url,
    botId,
    secret,
    open: openWebSocket,
    after,
    ids,
    log,
    onState: follow,
    onMessage: (id, body) => hear(id, body),
    onEvent: (id, body) => void greet(id, body).catch((error: unknown) => log.warn({ err: error }, 'nobody could be greeted on 企业微信')),
  });
  const sending = createSending({
    connection,
    answers,
    allowance: createAllowance(monotonic),
    after,
    nativeOf: directory.nativeOf,
    read: (file) => readFile(join(mediaFolder, file)),
    newId: ids.id,
  });

  function follow(state: RobotState): void {
    log.info({ state: state.kind }, 'the robot of 企业微信');
    if (state.kind === 'connecting') return;
    if (state.kind === 'out') {
      answers.forget();
      callOff ??= after(toldAfterMs, () => away('out', say('host.wecomOut')));
      return;
    }
    callOff?.();
    callOff = undefined;
    if (state.kind === 'in') back();
    else away(state.kind, state.kind === 'refused' ? say('host.wecomRefused', { code: state.code }) : say('host.wecomDisplaced'));
  }

  function back(): void {
    if (told !== 'in') print(say('host.wecomIn'));
    told = 'in';
    if (app) accountBack(app, name).catch(failed);
  }

  function away(kind: RobotState['kind'], text: string): void {
    if (told === kind) return;
    told = kind;
    print(text);
    notify(text);
    if (app) accountAway(app, name).catch(failed);
  }

  /** Somebody looks at the robot who has not spoken to it yet: it says what to do. It can be answered for a few seconds only. */
  async function greet(id: string, body: Body): Promise<void> {
    const user = readEntering(body);
    if (user === undefined || (await directory.knows(user))) return;
    const { botName } = library.current().community;
    await connection.ask('aibot_respond_welcome_msg', { msgtype: 'text', text: { content: say('wecom.welcome', { botName }) } }, id);
  }

  const failed = (error: unknown) => log.error({ err: error }, 'it could not be noted that 企业微信 is away, or back');

  return {
    account: { name, profile: wecomProfile, isUp: () => connection.state.kind === 'in', send: sending.send, stop: sending.stop },
    connect(running) {
      app = running;
      hear = createHearing({
        app: running,
        account: name,
        directory,
        answers,
        robotName: () => library.current().community.botName,
        groupName: (group) => say('wecom.group', { mark: markOf(group) }),
        folder: mediaFolder,
        fetch: fetchFile,
        log,
      });
    },
    begin: connection.start,
    end() {
      hear = () => undefined;
      callOff?.();
    },
    close: connection.stop,
  };
}

/** Four characters by which a group without a title is told from another. */
const markOf = (group: string) => createHash('sha256').update(group).digest('hex').slice(0, 4).toUpperCase();

function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
