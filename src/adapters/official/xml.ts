/** An element: what stands in it, or the elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** So deep lie the elements of a push below its root (SendPicsInfo/PicList/item/PicMd5Sum). */
const deepest = 4;

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" };
const openTag = /<([A-Za-z_][A-Za-z0-9_]*)\s*(\/?)>/y;
const closeTag = /<\/([A-Za-z_][A-Za-z0-9_]*)\s*>/y;
const plainText = /[^<]+/y;
const opening = '<![CDATA[';
const closing = ']]>';

/**
 * Reads the flat XML of a push by a grammar of ours that knows elements without attributes, text, CDATA and the five named entities.
 * Whatever else XML knows (DOCTYPE, comments, instructions, other entities) WeChat does not send.
 * @returns the root; undefined when it is none of it
 */
export function readXml(source: string): XmlElement | undefined {
  const text = source.trim();
  const root = element(text, 0, 0);
  return root?.end === text.length ? root.element : undefined;
}

interface Read {
  readonly element: XmlElement;
  readonly end: number;
}

function element(source: string, start: number, depth: number): Read | undefined {
  openTag.lastIndex = start;
  const opened = openTag.exec(source);
  if (!opened || depth > deepest) return undefined;
  const [, name = '', empty] = opened;
  let at = openTag.lastIndex;
  if (empty) return { element: { name, text: '', children: [] }, end: at };
  const children: XmlElement[] = [];
  let text = '';
  for (;;) {
    closeTag.lastIndex = at;
    const closed = closeTag.exec(source);
    if (closed) {
      // Where there are elements, what stands between them is only space.
      const isMixed = children.length > 0 && text.trim() !== '';
      if (closed[1] !== name || isMixed) return undefined;
      return { element: { name, text: children.length > 0 ? '' : text, children }, end: closeTag.lastIndex };
    }
    const words = wordsAt(source, at);
    if (words) {
      text += words.text;
      at = words.end;
      continue;
    }
    const child = element(source, at, depth + 1);
    if (!child) return undefined;
    children.push(child.element);
    at = child.end;
  }
}

function wordsAt(source: string, at: number): { readonly text: string; readonly end: number } | undefined {
  if (source.startsWith(opening, at)) {
    const end = source.indexOf(closing, at);
    return end < 0 ? undefined : { text: source.slice(at + opening.length, end), end: end + closing.length };
  }
  plainText.lastIndex = at;
  const raw = plainText.exec(source)?.[0];
  const text = raw === undefined ? undefined : withoutEntities(raw);
  return raw === undefined || text === undefined ? undefined : { text, end: at + raw.length };
}

/** undefined where an `&` begins none of the five. */
function withoutEntities(raw: string): string | undefined {
  const text = raw.replace(/&(?:lt|gt|amp|quot|apos);/g, (each) => entities[each] ?? '');
  return raw.replace(/&(?:lt|gt|amp|quot|apos);/g, '').includes('&') ? undefined : text;
}

/** Writes elements as WeChat reads them: texts in CDATA, numbers bare. */
export function writeXml(fields: Readonly<Record<string, string | number>>): string {
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`);
  return `<xml>${inner.join('')}</xml>`;
}

/** A text that may hold the end of a CDATA section itself; what XML 1.0 cannot hold is left out. */
function cdata(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
  const sound = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
  return `${opening}${sound.replaceAll(closing, `]]${closing}${opening}>`)}${closing}`;
}
