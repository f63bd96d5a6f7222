import qrcode from 'qrcode-terminal';
import { type AccountView, createAccountPage } from '../adapters/web/account-page.ts';
import type { AccountState } from '../adapters/wechat/account.ts';
import type { Say } from '../desk/kernel/say.ts';
import type { HostCode } from '../desk/people/enrolment.ts';
import type { Config } from './config.ts';

/** Where whoever looks after the account sees how it stands: the terminal, the local page, a chat group elsewhere. */
export interface AccountDesk {
  show(state: AccountState): void;
  /** How the one-time code for a director stands. */
  showCode(code: HostCode): void;
  close(): Promise<void>;
}

/** Opens the page; one that cannot be opened is told, and everything else goes on. */
export async function openAccountDesk(
  config: Config,
  say: Say,
  { print, notify, renew }: { print: (line: string) => void; notify: (text: string) => void; renew: () => Promise<void> },
): Promise<AccountDesk> {
  let state: AccountState = { kind: 'starting' };
  let code: HostCode = { dead: false };
  const page = createAccountPage({
    title: say('account.title'),
    texts: { forbidden: say('account.forbidden'), unauthorised: say('account.unauthorised') },
    view: () => ({ ...viewOf(state, say), ...codeView(code, say) }),
    renew,
    ...(config.WEB_TOKEN === undefined ? {} : { token: config.WEB_TOKEN }),
  });
  const listening = await page.listen({ host: config.HOST, port: config.PORT }).catch((error: Error) => {
    print(say('account.noPage', { reason: error.message }));
    return undefined;
  });
  if (listening) print(say('account.page', { address: listening.address }));
  return {
    showCode(next) {
      code = next;
    },
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

function codeView({ code, dead }: HostCode, say: Say): Pick<AccountView, 'notice' | 'renew'> {
  if (dead) return { notice: say('account.codeDead'), renew: say('account.codeRenew') };
  return code === undefined ? {} : { notice: say('account.code', { code }) };
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
