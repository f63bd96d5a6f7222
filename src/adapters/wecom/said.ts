import { z } from 'zod';
import type { Enclosure } from './media.ts';

/** What somebody said to the robot, as the service tells it. What it quotes was said by somebody else and is not among it. */
export interface Said {
  /** The service's id: the same message may come twice. */
  readonly id: string;
  readonly user: string;
  /** The group; absent in private. */
  readonly group?: string;
  readonly kind: 'text' | 'image' | 'file' | 'other';
  readonly text: string;
  readonly enclosures: readonly (Enclosure & { readonly kind: 'image' | 'file' })[];
}

const name = z.string().min(1).max(128);
const words = z.object({ content: z.string() });
const enclosed = z.object({ url: z.url({ protocol: /^https?$/ }).max(4_096), aeskey: z.string().min(43).max(64) });
const item = z.object({ msgtype: z.string(), text: words.optional(), image: enclosed.optional() });
const content = z.object({
  msgtype: z.string(),
  text: words.optional(),
  /** What was spoken, written down by the service. */
  voice: words.optional(),
  image: enclosed.optional(),
  file: enclosed.optional(),
  video: enclosed.optional(),
  mixed: z.object({ msg_item: z.array(item).max(20) }).optional(),
});
const message = content.extend({
  msgid: name,
  chattype: z.enum(['single', 'group']),
  chatid: name.optional(),
  from: z.object({ userid: name }),
});

type Content = z.output<typeof content>;

/** @returns undefined for what has not the shape of a message */
export function readSaid(body: unknown): Said | undefined {
  const read = message.safeParse(body);
  if (!read.success) return undefined;
  const { msgid, chattype, chatid, from } = read.data;
  if (chattype === 'group' && chatid === undefined) return undefined;
  return {
    id: msgid,
    user: from.userid,
    ...(chattype === 'group' && chatid !== undefined ? { group: chatid } : {}),
    ...whatIsSaid(read.data),
  };
}

function whatIsSaid(said: Content): Pick<Said, 'kind' | 'text' | 'enclosures'> {
  const text = wordsOf(said);
  const enclosures = enclosedIn(said);
  const [first] = enclosures;
  if (text !== '') return { kind: 'text', text, enclosures };
  return { kind: first?.kind ?? (said.text ? 'text' : 'other'), text, enclosures };
}

function wordsOf({ text, voice, mixed }: Content): string {
  const parts = mixed?.msg_item.flatMap((each) => each.text?.content ?? []) ?? [];
  return [text?.content, voice?.content, ...parts].filter((each) => each !== undefined && each.trim() !== '').join('\n');
}

function enclosedIn({ image, file, video, mixed }: Content): Said['enclosures'] {
  const pictures = [image, ...(mixed?.msg_item.map((each) => each.image) ?? [])];
  return [
    ...pictures.flatMap((each) => (each ? [{ kind: 'image' as const, url: each.url, key: each.aeskey }] : [])),
    ...[file, video].flatMap((each) => (each ? [{ kind: 'file' as const, url: each.url, key: each.aeskey }] : [])),
  ];
}

const entering = z.object({ from: z.object({ userid: name }), event: z.object({ eventtype: z.literal('enter_chat') }) });

/** Who has opened the chat with the robot, for the first time today; undefined: something else happened. */
export function readEntering(body: unknown): string | undefined {
  const read = entering.safeParse(body);
  return read.success ? read.data.from.userid : undefined;
}
