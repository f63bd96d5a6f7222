import { accountName } from '../kernel/accounts.ts';
import type { Command } from '../kernel/command.ts';
import { routeOf, standingsOf } from '../kernel/standing.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';

/** 收信: on which of their accounts a member of staff wants to be written to; what they ask is answered where they ask it. */
export const inbox: Command = {
  id: 'inbox',
  role: 'worker',
  needs: [],
  accepts: ['text'],
  open: true,
  async run(turn, { text }) {
    const { names: on = [turn.account] } = (await turn.tx.get('switches', 'accounts')) ?? {};
    const titles = on.map((name) => ({ name, title: accountName(name, turn.say) }));
    const [chosen] = titles.filter(({ title }) => text.includes(title)).sort((a, b) => b.title.length - a.title.length);
    if (!chosen) return [here(turn, which(turn, titles, accountName(routeOf(turn.person, on), turn.say)))];
    const person = (await turn.tx.get('people', turn.person.id)) ?? turn.person;
    if (!standingsOf(person)[chosen.name])
      throw new UserError(turn.say('inbox.unknown', { account: chosen.title, name: turn.person.name }));
    await turn.tx.put('people', { ...person, inbox: chosen.name });
    return [here(turn, turn.say('inbox.chosen', { account: chosen.title }))];
  },
};

function which({ say }: Turn, titles: readonly { readonly title: string }[], account: string): string {
  if (titles.length === 1) return say('inbox.only', { account });
  return say('inbox.which', {
    account,
    accounts: titles.map(({ title }) => say('inbox.line', { account: title })).join(say('list.separator')),
  });
}
