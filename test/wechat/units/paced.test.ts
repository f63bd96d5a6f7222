import { describe, expect, test } from '@jest/globals';
import { paced } from '../../../src/adapters/wechat/paced.ts';
import { type Saying, SendError } from '../../../src/desk/kernel/ports.ts';

const saying = (text: string, kind: Saying['kind'] = 'reply', urgent = false): Saying => ({
  to: { person: text },
  text,
  kind,
  ...(urgent ? { urgent } : {}),
});

function stage(send: (saying: Saying) => Promise<void> = async () => undefined) {
  const log: (string | number)[] = [];
  let limits = 0;
  const channel = paced(
    {
      async send(each) {
        log.push(each.text);
        await send(each);
      },
    },
    {
      profile: { longestText: 10, replyGap: [2, 5] },
      sleep: async (ms) => void log.push(ms),
      chance: (below) => below - 1,
      onLimited: () => limits++,
    },
  );
  return { channel, log, limits: () => limits };
}

describe('one queue for one account', () => {
  test('one at a time with a pause after each; danger first, then replies, notices, broadcasts', async () => {
    const { channel, log } = stage();
    await Promise.all([
      channel.send(saying('a')),
      channel.send(saying('b', 'broadcast')),
      channel.send(saying('n', 'notice')),
      channel.send(saying('r')),
      channel.send(saying('火', 'notice', true)),
    ]);
    expect(log).toEqual(['a', 5000, '火', 5000, 'r', 5000, 'n', 5000, 'b', 5000]);
  });

  test('a long text goes in parts, with pauses; when a later one fails, some of it has arrived', async () => {
    const { channel, log } = stage(async ({ text }) => {
      if (text.startsWith('二')) throw new SendError('x', true);
    });
    await expect(channel.send(saying('一一一一一一\n二二二二二二'))).rejects.toMatchObject({ certain: false });
    expect(log.slice(0, 3)).toEqual(['一一一一一一', 5000, '二二二二二二']);
  });

  test('a failure of one does not stop the next', async () => {
    const { channel } = stage(async ({ text }) => {
      if (text === 'a') throw new SendError('x', true);
    });
    const results = await Promise.allSettled([channel.send(saying('a')), channel.send(saying('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('when the account is limited, that is told, and all that waits goes back to its sender, but for danger', async () => {
    const { channel, log, limits } = stage(async ({ text }) => {
      if (text === 'a') throw new SendError('x', true, { limited: true });
    });
    const results = await Promise.allSettled([channel.send(saying('a')), channel.send(saying('b')), channel.send(saying('c'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await channel.send(saying('火', 'reply', true));
    expect([log, limits()]).toEqual([['a', 5000, '火', 5000], 1]);
  });

  test('after a grey line of WeChat’s the next thing to be said is refused, but not danger', async () => {
    const { channel } = stage();
    channel.limited();
    await channel.send(saying('火', 'reply', true));
    await expect(channel.send(saying('a'))).rejects.toMatchObject({ certain: true, limited: true });
    await channel.send(saying('b'));
  });

  test('a file without words is one message', async () => {
    const { channel, log } = stage();
    await channel.send({ ...saying(''), file: 'a.png' });
    expect(log).toEqual(['', 5000]);
  });
});
