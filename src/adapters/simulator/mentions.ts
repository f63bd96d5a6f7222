import type { Cast, Room } from './cast.ts';

/**
 * Who is @-ed in a text said in a group: `@` and a name or group nickname, ended by a space (WeChat puts U+2005), a
 * line break or the end. As on real WeChat a typed "@小桥 " counts as much as one picked from the list, and
 * "@小桥你好" does not.
 * @returns ids of members, each once
 */
export function mentioned(text: string, room: Room, cast: Cast): string[] {
  return room.members.filter((member) => {
    const names = [room.aliases[member], cast.people.find((person) => person.id === member)?.name];
    return names.some((name) => name !== undefined && isMentioned(text, name));
  });
}

function isMentioned(text: string, name: string): boolean {
  const mention = `@${name}`;
  for (let at = text.indexOf(mention); at !== -1; at = text.indexOf(mention, at + 1)) {
    const next = text[at + mention.length];
    // \s covers U+2005 too.
    if (next === undefined || /\s/.test(next)) return true;
  }
  return false;
}
