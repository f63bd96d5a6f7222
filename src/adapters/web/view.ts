import type { WorldEvent, WorldMessage } from '../simulator/message.ts';
import type { World } from '../simulator/world.ts';
import type { PageTexts } from './texts.ts';

/** A message as the page gets it; pictures and files are fetched by their address. */
export function viewMessage({ id, conversation, from, at, text, image, file, refused, recalled }: WorldMessage): object {
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
  const { bot, people, rooms, conversations } = world.cast;
  return {
    after,
    now: world.now().toISOString(),
    texts,
    bot: bot.id,
    people,
    rooms: rooms.map((room) => ({ ...room, topic: world.topic(room.id) })),
    conversations: conversations.map((id) => ({ id, messages: world.messages(id).map(viewMessage) })),
  };
}
