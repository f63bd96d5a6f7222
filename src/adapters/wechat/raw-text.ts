import { withoutQuote } from '../../domain/words/quotation.ts';
import { elementOf } from './element-of.ts';
import type { RawMessage } from './guards/web-client.ts';

const textType = 1;
const appType = 49;
const placeSubType = 48;
const quoteType = 57;

/**
 * The text of a raw message. The puppet's own is cut in groups at the first ":" before a line break, keeps `&amp;`, and holds what
 * is quoted (message-parser-room.ts, message-parser-refermsg.ts). Undefined for what is no text.
 */
export function readRaw(raw: RawMessage): string | undefined {
  const content = withoutSpeaker(raw);
  if (raw.MsgType === appType) return raw.AppMsgType === quoteType ? answerOf(decode(content)) : undefined;
  if (raw.MsgType !== textType) return undefined;
  if (raw.SubMsgType === placeSubType) return placeOf(decode(content));
  return withoutQuote(decode(content));
}

/** In a group the content begins with who said it: "@4f2c…:<br/>". */
function withoutSpeaker({ OriginalContent, Content, FromUserName }: RawMessage): string {
  const content = OriginalContent ?? Content;
  return FromUserName.startsWith('@@') ? content.replace(/^@[^:<]+:<br\/>/, '') : content;
}

/** A shared place is a text: its address, a colon, and where to fetch a map. */
function placeOf(text: string): string {
  return text.replace(/:\n\/cgi-bin\/[\s\S]*$/, '').trim();
}

const refer = '<refermsg>';
const referEnd = '</refermsg>';

/** What is said is the title; the quotation beside it is XML within XML, so that nothing in it can pass for the title. */
function answerOf(xml: string): string {
  const [from, to] = [xml.indexOf(refer), xml.lastIndexOf(referEnd)];
  const answer = from < 0 || to < from ? xml : xml.slice(0, from) + xml.slice(to + referEnd.length);
  const title = elementOf(answer, 'title') ?? '';
  return decode(title.replace(/^<!\[CDATA\[|\]\]>$/g, ''));
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", nbsp: ' ' };

/** Line breaks, emoji and entities as people typed them; `&amp;` last, so that what somebody wrote is not decoded twice. */
export function decode(html: string): string {
  return html
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<span class="emoji emoji([0-9a-f]+)"><\/span>/gi, (_, code: string) => emojiOf(code))
    .replace(/&(lt|gt|quot|apos|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('&amp;', '&');
}

/** "1f600" is one code point, "1f1e81f1f3" two. */
function emojiOf(code: string): string {
  const points = code.length > 6 ? [code.slice(0, code.length / 2), code.slice(code.length / 2)] : [code];
  const numbers = points.map((point) => Number.parseInt(point, 16));
  return numbers.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...numbers) : '';
}
