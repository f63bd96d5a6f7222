import qrcode from 'qrcode-terminal';
import { type AccountView, createAccountPage } from '../adapters/web/account-page.ts';
import type { AccountState } from '../adapters/wechat/account.ts';
import type { Say } from '../desk/kernel/say.ts';
import type { Config } from './config.ts';

/** Where whoever looks after the account sees how it stands: the terminal, the local page, a chat group elsewhere. */
export interface AccountDesk {
  show(state: AccountState): void;
  close(): Promise<void>;
}

/** Opens the page; one that cannot be opened is told, and everything else goes on. */
export async function openAccountDesk(
  config: Config,
  say: Say,
  { print, notify }: { print: (line: string) => void; notify: (text: string) => void },
): Promise<AccountDesk> {
  let state: AccountState = { kind: 'starting' };
  const page = createAccountPage({
    title: say('account.title'),
    texts: { forbidden: say('account.forbidden'), unauthorised: say('account.unauthorised') },
    view: () => viewOf(state, say),
    ...(config.WEB_TOKEN === undefined ? {} : { token: config.WEB_TOKEN }),
  });
  const listening = await page.listen({ host: config.HOST, port: config.PORT }).catch((error: Error) => {
    print(say('account.noPage', { reason: error.message }));
    return undefined;
  });
  if (listening) print(say('account.page', { address: listening.address }));
  return {
    show(next) {
      const wasIn = state.kind === 'in';
      state = next;
      if (next.kind === 'scan') {
        qrcode.generate(next.code, { small: true }, (picture) => print(say('host.scan', { code: picture })));
        notify(say('account.scanWanted'));
        return;
      }
      const { line } = viewOf(next, say);
      if (next.kind !== 'starting') print(line);
      if (next.kind === 'refused' || (next.kind === 'out' && wasIn)) notify(line);
    },
    close: async () => listening?.close(),
  };
}

function viewOf(state: AccountState, say: Say): AccountView {
  switch (state.kind) {
    case 'scan':
      return { line: say('account.scan'), code: state.code };
    case 'in':
      return { line: say('account.in', { name: state.name }) };
    case 'refused':
      return { line: say('account.refused', { words: state.words }), detail: say('account.refusedWhatNow') };
    default:
      return { line: say(`account.${state.kind}`) };
  }
}
