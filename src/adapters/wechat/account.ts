import type { Wechaty } from 'wechaty';
import { types } from 'wechaty-puppet';

/** How the account stands, for whoever looks after it. */
export type AccountState =
  | { readonly kind: 'starting' }
  /** Somebody has to scan this with the account's phone. */
  | { readonly kind: 'scan'; readonly code: string }
  | { readonly kind: 'scanned' }
  | { readonly kind: 'in'; readonly name: string }
  | { readonly kind: 'out' }
  /** WeChat does not let it use the web; in WeChat's words. */
  | { readonly kind: 'refused'; readonly words: string };

export interface Account {
  readonly state: AccountState;
  refused(words: string): void;
}

/** Follows the account's state. @param onChange is told each new one, once */
export function watchAccount(bot: Wechaty, onChange: (state: AccountState) => void): Account {
  let state: AccountState = { kind: 'starting' };
  const become = (next: AccountState) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    onChange(next);
  };
  bot.on('scan', (code, status) => {
    if (status === types.ScanStatus.Scanned) become({ kind: 'scanned' });
    else if (code !== '') become({ kind: 'scan', code });
  });
  bot.on('login', (user) => become({ kind: 'in', name: user.name() }));
  bot.on('logout', () => become({ kind: 'out' }));
  return {
    get state() {
      return state;
    },
    refused: (words) => become({ kind: 'refused', words }),
  };
}
