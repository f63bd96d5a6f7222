import { type Account, type AccountProfile, easyProfile, firstAccount, type Saying } from '../../src/desk/kernel/accounts.ts';

/** An account that hands what is said to a function, by default the one there was before there were several. */
export function accountThat(
  send: (saying: Saying) => unknown,
  profile: Partial<AccountProfile> = {},
  name: string = firstAccount,
): Account {
  return {
    name,
    profile: { ...easyProfile, ...profile },
    async send(saying) {
      await send(saying);
    },
  };
}
