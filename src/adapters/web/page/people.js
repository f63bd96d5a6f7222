import { element } from './element.js';
import { personIn } from './place.js';

const COLOURS = 8;

/**
 * Who is who, from the server's state. Wherever somebody is asked for, the id of a conversation with them does as well.
 * @param {{bot: string, people: any[], rooms: any[]}} state
 */
export function knowPeople({ bot, people, rooms }) {
  const colours = new Map(people.map(({ id }, at) => [id, id === bot ? 'bot' : String(at % COLOURS)]));
  const byId = new Map(people.map((person) => [person.id, person]));
  const roomById = new Map(rooms.map((room) => [room.id, room]));
  const personOf = (id) => byId.get(personIn(id));
  const roomOf = (id) => roomById.get(personIn(id));

  /** A square with the surname on a soft colour. */
  const face = (id) =>
    element('span', { className: 'face', data: { colour: colours.get(id) ?? '0' }, textContent: byId.get(id)?.avatar ?? '?' });

  return {
    bot: byId.get(bot),
    person: personOf,
    room: roomOf,
    /** On which accounts somebody, or a group, can be. */
    accounts: (id) => (roomOf(id) ?? personOf(id)).accounts,
    /** Who can speak in a conversation. */
    speakers: (id) => roomOf(id)?.members.filter((member) => member !== bot) ?? [personIn(id)],
    /** What somebody is called there. */
    nameIn: (id, conversation) => roomOf(conversation)?.aliases[id] ?? byId.get(id)?.name ?? id,
    /** Whether staff or residents talk there. */
    isStaff: (id) => (roomOf(id)?.kind ?? personOf(id)?.role) !== 'residents' && (roomOf(id)?.kind ?? personOf(id)?.role) !== 'resident',
    /** The avatar of a person, or of a group: up to nine of its members, as WeChat puts it together. */
    avatar(id) {
      const members = roomOf(id)?.members.slice(0, 9);
      if (!members) return element('span', { className: 'avatar', aria: { hidden: true } }, face(personIn(id)));
      return element(
        'span',
        { className: 'avatar group', data: { columns: members.length > 4 ? '3' : '2' }, aria: { hidden: true } },
        ...members.map(face),
      );
    },
  };
}
