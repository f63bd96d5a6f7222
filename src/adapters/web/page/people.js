import { element } from './element.js';

const COLOURS = 8;

/**
 * Who is who, from the server's state.
 * @param {{bot: string, people: any[], rooms: any[]}} state
 */
export function knowPeople({ bot, people, rooms }) {
  const colours = new Map(people.map(({ id }, at) => [id, id === bot ? 'bot' : String(at % COLOURS)]));
  const byId = new Map(people.map((person) => [person.id, person]));
  const roomById = new Map(rooms.map((room) => [room.id, room]));

  /** A square with the surname on a soft colour. */
  const face = (id) =>
    element('span', { className: 'face', data: { colour: colours.get(id) ?? '0' }, textContent: byId.get(id)?.avatar ?? '?' });

  return {
    bot: byId.get(bot),
    person: (id) => byId.get(id),
    room: (id) => roomById.get(id),
    /** Who can speak in a conversation. */
    speakers: (id) => roomById.get(id)?.members.filter((member) => member !== bot) ?? [id],
    /** What somebody is called there. */
    nameIn: (id, conversation) => roomById.get(conversation)?.aliases[id] ?? byId.get(id)?.name ?? id,
    /** Whether staff or residents talk there. */
    isStaff: (id) =>
      (roomById.get(id)?.kind ?? byId.get(id)?.role) !== 'residents' && (roomById.get(id)?.kind ?? byId.get(id)?.role) !== 'resident',
    /** The avatar of a person, or of a group: up to nine of its members, as WeChat puts it together. */
    avatar(id) {
      const members = roomById.get(id)?.members.slice(0, 9);
      if (!members) return element('span', { className: 'avatar', aria: { hidden: true } }, face(id));
      return element(
        'span',
        { className: 'avatar group', data: { columns: members.length > 4 ? '3' : '2' }, aria: { hidden: true } },
        ...members.map(face),
      );
    },
  };
}
