import type { Contact, Room, Wechaty } from 'wechaty';
import type { Directory, Sight } from '../../desk/people/directory.ts';
import { readToken } from '../../domain/people/token.ts';
import { mask } from '../../domain/words/masking.ts';
import type { Profile } from './profile.ts';
import { freshContact, freshRoom } from './raw-puppet.ts';

/** Looks at people and groups as the account sees them now, and says who they are. */
export interface Eyes {
  /** Our id of somebody; `privately`: they wrote privately. */
  person(contact: Contact, privately: boolean): Promise<string>;
  room(room: Room): Promise<string>;
  /** After a login: looks at every friend who has a token, then at every group that waits to be found again. */
  lookAround(): Promise<void>;
  /** Nothing that was seen before counts any more. */
  forget(): void;
}

/** Where ids survive a login, names are all there is to see. */
export function createEyes(bot: Wechaty, directory: Directory, profile: Profile): Eyes {
  if (profile.idsSurviveLogin)
    return {
      person: (contact, privately) =>
        directory.person(contact.id, {
          name: contact.name(),
          reachable: privately || contact.friend() === true || profile.reachesStrangers,
        }),
      room: async (room) => directory.room(room.id, { name: await room.topic() }),
      lookAround: async () => undefined,
      forget: () => undefined,
    };
  return searchingEyes(bot, directory);
}

/** Where they do not, the remark says who a friend is, and the members which group it is. */
function searchingEyes(bot: Wechaty, directory: Directory): Eyes {
  const { puppet } = bot;
  /** Friends and groups whose place is settled in this login, so that not every message searches through all contacts. */
  let settled = new Set<string>();

  /** As it is kept: people put telephone numbers into titles too. */
  const topicOf = async (id: string) => mask((await freshRoom(bot, id)).topic).text;

  async function sightOf(id: string, privately: boolean): Promise<Sight> {
    const { name, alias, friend } = await freshContact(bot, id);
    const sight = { name, reachable: privately || friend === true };
    const token = friend ? readToken(alias ?? '') : undefined;
    if (token === undefined) return sight;
    const known = settled.has(`${id} ${token}`);
    const unique = known || (await holdersOf(token)).length === 1;
    if (unique) settled.add(`${id} ${token}`);
    return { ...sight, token, unique };
  }

  async function holdersOf(token: string): Promise<string[]> {
    const friends = await friendsWithTokens();
    return friends.filter((friend) => friend.token === token).map(({ id }) => id);
  }

  async function friendsWithTokens(): Promise<{ id: string; token: string }[]> {
    const found: { id: string; token: string }[] = [];
    for (const id of await puppet.contactList()) {
      const { alias, friend } = await freshContact(bot, id);
      const token = friend ? readToken(alias ?? '') : undefined;
      if (token !== undefined) found.push({ id, token });
    }
    return found;
  }

  /** Other groups of this title, and who is in it besides the bot, while groups are looked for. */
  async function proofFor(room: string, topic: string, isLookedFor: boolean) {
    const titles = isLookedFor ? await Promise.all((await puppet.roomList()).map((each) => topicOf(each))) : [];
    return { onlyOne: titles.filter((title) => title === topic).length === 1, members: await membersOf(room) };
  }

  async function membersOf(room: string): Promise<string[]> {
    return (await puppet.roomMemberList(room)).filter((id) => id !== puppet.currentUserId);
  }

  async function look(id: string): Promise<string> {
    const name = await topicOf(id);
    const held = settled.has(id) ? new Set() : await directory.heldRooms();
    if (held.size === 0) return directory.room(id, { name });
    const ours = await directory.room(id, { name, proof: await proofFor(id, name, held.has(name)) });
    if (held.has(name) && !(await directory.heldRooms()).has(name)) settled.add(id);
    return ours;
  }

  return {
    person: async (contact, privately) => directory.person(contact.id, await sightOf(contact.id, privately)),
    room: (room) => look(room.id),
    async lookAround() {
      const friends = await friendsWithTokens();
      const tokens = new Set(friends.map(({ token }) => token));
      for (const token of tokens) {
        const holders = friends.filter((friend) => friend.token === token);
        const [only] = holders;
        if (holders.length === 1 && only) await directory.person(only.id, await sightOf(only.id, false));
        else await directory.shared(token);
      }
      for (const id of await directory.boundRooms())
        await directory.room(id, { name: await topicOf(id), proof: { onlyOne: true, members: await membersOf(id) } });
      const held = await directory.heldRooms();
      if (held.size === 0) return;
      for (const id of await puppet.roomList()) if (held.has(await topicOf(id))) await look(id);
    },
    forget() {
      settled = new Set();
    },
  };
}
