import { z } from 'zod';

const text = z.string().min(1);

/** Everything the page says, given as data, so that no sentence lives in code. `{name}` and the like are filled in. */
const schema = z.strictObject({
  title: text,
  brand: text,
  tagline: text,
  conversations: text,
  residents: text,
  staff: text,
  account: text,
  /** What the accounts are called. */
  accounts: z.strictObject({ wechat: text, official: text, wecom: text }),
  doing: text,
  /** What is done on the 服务号 instead of speaking; what is scanned or touched follows. */
  doings: z.strictObject({ follow: text, unfollow: text, scan: text, click: text }),
  windowOpen: text,
  windowShut: text,
  windowWaiting: text,
  notFriend: text,
  unread: text,
  draft: text,
  picture: text,
  file: text,
  back: text,
  privateTitle: text,
  roomTitle: text,
  messages: text,
  newMessages: text,
  speaker: text,
  mention: text,
  choosePicture: text,
  dropPicture: text,
  ideas: text,
  inputAs: text,
  send: text,
  sendHint: text,
  recall: text,
  quote: text,
  dropQuote: text,
  recalledBySelf: text,
  recalledByOther: text,
  refused: text,
  notDelivered: text,
  view: text,
  close: text,
  download: text,
  clock: text,
  clockHour: text,
  clockDay: text,
  clockFriday: text,
  clockMorning: text,
  clockMoving: text,
  reconnecting: text,
  unauthorised: text,
  forbidden: text,
  /** By the code of an error; `other` is for all that have none. */
  errors: z.strictObject({
    'too-large': text,
    'too-long': text,
    'not-a-picture': text,
    'too-late': text,
    backwards: text,
    'too-far': text,
    other: text,
  }),
});

export type PageTexts = Readonly<z.infer<typeof schema>>;

/** Checks the texts of the page. @throws Error that names every one that is missing */
export function loadTexts(data: unknown): PageTexts {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new Error(`The texts of the page are not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
