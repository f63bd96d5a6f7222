import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { createAllowance } from '../../src/adapters/wecom/allowance.ts';
import { createOpenAnswers } from '../../src/adapters/wecom/answers.ts';
import { createConnection, type RobotState } from '../../src/adapters/wecom/connection.ts';
import { createHearing } from '../../src/adapters/wecom/hearing.ts';
import { fetchFile } from '../../src/adapters/wecom/media.ts';
import { createSending } from '../../src/adapters/wecom/sending.ts';
import { openWebSocket } from '../../src/adapters/wecom/socket.ts';
import type { Message, Reply } from '../../src/desk/kernel/message.ts';
import { HandClock } from './hand-clock.ts';
import { RobotService } from './robot-service.ts';

/** A robot against the service, without a desk behind it: what it hears is kept, what it answers is given. Ids are the same on both sides. */
export async function openRobot({ secret = 'secret' } = {}) {
  const service = await RobotService.open();
  const clock = new HandClock();
  service.now = clock.now;
  const states: RobotState[] = [];
  const heard: Message[] = [];
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (fields: object, message: string) => void warnings.push(`${message} ${JSON.stringify(fields)}`) };
  const ids = steadyIds();
  const watchers = new Set<() => void>();
  const look = () => {
    for (const each of [...watchers]) each();
  };
  const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-wecom-'));
  const robot = {
    service,
    clock,
    states,
    heard,
    warnings,
    folder,
    /** What is said to a message. */
    answer: (_: Message): readonly Reply[] => [],
    receives: async (): Promise<'yes' | 'no' | 'many'> => 'yes',
    until: (condition: () => boolean) =>
      new Promise<void>((resolve) => {
        const each = () => {
          if (!condition()) return;
          watchers.delete(each);
          resolve();
        };
        watchers.add(each);
        each();
      }),
    close: async () => {
      connection.stop();
      await service.close();
    },
  };
  const answers = createOpenAnswers(clock.now);
  const hearing = createHearing({
    app: {
      receives: () => robot.receives(),
      hear: async (message) => {
        heard.push(message);
        look();
        return { decision: 'answer', topic: null, replies: [...robot.answer(message)] };
      },
    },
    account: 'wecom',
    directory: { person: async (native) => native, room: async (native) => native },
    answers,
    robotName: () => '小桥',
    groupName: (group) => `群 ${group}`,
    folder,
    fetch: fetchFile,
    log,
  });
  const connection = createConnection({
    url: service.url,
    botId: 'bot',
    secret,
    open: openWebSocket,
    after: clock.after,
    ids,
    log,
    onState: (state) => {
      states.push(state);
      look();
    },
    onMessage: hearing,
    onEvent: () => undefined,
  });
  const sending = createSending({
    connection,
    answers,
    allowance: createAllowance(clock.now),
    after: clock.after,
    nativeOf: async (id) => (id === 'nobody' ? undefined : id),
    read: async (file) => Buffer.from(`bytes of ${file}`),
    newId: ids.id,
  });
  return Object.assign(robot, {
    connection,
    send: sending.send,
    stop: sending.stop,
    in: () => robot.until(() => connection.state.kind === 'in'),
  });
}

export type Robot = Awaited<ReturnType<typeof openRobot>>;
