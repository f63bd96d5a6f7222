import { describe, expect, test } from '@jest/globals';
import { paced } from '../../../src/adapters/wechat/paced.ts';
import { type Saying, SendError } from '../../../src/desk/kernel/accounts.ts';
import { accountThat } from '../../support/account.ts';

const saying = (text: string, kind: Saying['kind'] = 'reply', urgent = false): Saying => ({
  to: { person: text },
  text,
  kind,
  ...(urgent ? { urgent } : {}),
});

function stage(send: (saying: Saying) => Promise<void> = async () => undefined) {
  const log: (string | number)[] = [];
  let limits = 0;
  const account = paced(
    accountThat(async (each) => {
      log.push(each.text);
      await send(each);
    }),
    {
      profile: { longestText: 10, replyGap: [2, 5] },
      sleep: async (ms) => void log.push(ms),
      chance: (below) => below - 1,
      onLimited: () => limits++,
    },
  );
  return { account, log, limits: () => limits };
}

describe('one queue for one account', () => {
  test('one at a time with a pause after each; danger first, then replies, notices, broadcasts', async () => {
    const { account, log } = stage();
    await Promise.all([
      account.send(saying('a')),
      account.send(saying('b', 'broadcast')),
      account.send(saying('n', 'notice')),
      account.send(saying('r')),
      account.send(saying('火', 'notice', true)),
    ]);
    expect(log).toEqual(['a', 5000, '火', 5000, 'r', 5000, 'n', 5000, 'b', 5000]);
  });

  test('a long text goes in parts, with pauses; when a later one fails, some of it has arrived', async () => {
    const { account, log } = stage(async ({ text }) => {
      if (text.startsWith('二')) throw new SendError('x', true);
    });
    await expect(account.send(saying('一一一一一一\n二二二二二二'))).rejects.toMatchObject({ certain: false });
    expect(log.slice(0, 3)).toEqual(['一一一一一一', 5000, '二二二二二二']);
  });

  test('a failure of one does not stop the next', async () => {
    const { account } = stage(async ({ text }) => {
      if (text === 'a') throw new SendError('x', true);
    });
    const results = await Promise.allSettled([account.send(saying('a')), account.send(saying('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('when the account is limited, that is told, and all that waits goes back to its sender, but for danger', async () => {
    const { account, log, limits } = stage(async ({ text }) => {
      if (text === 'a') throw new SendError('x', true, { limited: true });
    });
    const results = await Promise.allSettled([account.send(saying('a')), account.send(saying('b')), account.send(saying('c'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await account.send(saying('火', 'reply', true));
    expect([log, limits()]).toEqual([['a', 5000, '火', 5000], 1]);
  });

  test('after a grey line of WeChat’s the next thing to be said is refused, but not danger', async () => {
    const { account } = stage();
    account.limited();
    await account.send(saying('火', 'reply', true));
    await expect(account.send(saying('a'))).rejects.toMatchObject({ certain: true, limited: true });
    await account.send(saying('b'));
  });

  test('a file without words is one message', async () => {
    const { account, log } = stage();
    await account.send({ ...saying(''), file: 'a.png' });
    expect(log).toEqual(['', 5000]);
  });
});
