import { accountsOf } from '../simulator/cast.ts';
import type { WorldEvent, WorldMessage } from '../simulator/message.ts';
import { conversationOn } from '../simulator/place.ts';
import type { World } from '../simulator/world.ts';
import type { PageTexts } from './texts.ts';

/** A message as the page gets it; pictures and files are fetched by their address. */
export function viewMessage({ id, conversation, from, at, text, image, file, event, refused, recalled }: WorldMessage): object {
  const attachment = image ?? file;
  return {
    id,
    conversation,
    from,
    at: at.toISOString(),
    text,
    ...(attachment && {
      media: {
        kind: image ? 'image' : 'file',
        name: attachment.name,
        size: attachment.bytes.length,
        url: `api/media/${encodeURIComponent(id)}`,
      },
    }),
    ...(event !== undefined && { event }),
    ...(refused && { refused }),
    ...(recalled && { recalled }),
  };
}

/** What happened, as the page gets it. */
export function viewEvent(event: WorldEvent): object {
  switch (event.type) {
    case 'message':
    case 'recalled':
      return viewMessage(event.message);
    case 'clock':
      return { now: event.now.toISOString() };
    case 'topic':
      return { room: event.room, topic: event.topic };
  }
}

/** Everything the page needs to begin; `after` is the last event that is in it. */
export function viewState(world: World, texts: PageTexts, after: string): object {
  const { cast } = world;
  const { bot, people, rooms, conversations } = cast;
  const places = conversations.flatMap((id) => accountsOf(cast, id).map((account) => conversationOn({ account, id })));
  return {
    after,
    now: world.now().toISOString(),
    texts,
    bot: bot.id,
    people: people.map((person) => ({ ...person, accounts: accountsOf(cast, person.id) })),
    rooms: rooms.map((room) => ({ ...room, topic: world.topic(room.id), accounts: accountsOf(cast, room.id) })),
    conversations: places.map((id) => ({ id, messages: world.messages(id).map(viewMessage) })),
  };
}
