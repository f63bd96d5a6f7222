import { element, fill } from './element.js';
import { accountIn } from './place.js';
import { takeApart } from './quotation.js';
import { GAP_MS, separator } from './time.js';

/** As long can a message be taken back; the server has the last word. */
const RECALL_MS = 2 * 60_000;
const KB = 1024;

function size(bytes) {
  return bytes < KB * KB ? `${Math.ceil(bytes / KB)} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}

function content({ text, media }, texts) {
  if (media?.kind === 'image') {
    return element(
      'button',
      { type: 'button', className: 'image', data: { picture: media.url }, aria: { label: texts.view } },
      element('img', { src: media.url, alt: texts.picture }),
    );
  }
  if (media) {
    return element(
      'a',
      { className: 'file', href: media.url, download: media.name, aria: { label: fill(texts.download, { name: media.name }) } },
      element('span', { className: 'file-name', textContent: media.name }),
      element('span', { className: 'file-size', textContent: size(media.size) }),
    );
  }
  const { quoted, said } = takeApart(text);
  return element(
    'div',
    { className: 'bubble', textContent: said },
    quoted !== undefined && element('p', { className: 'quoted', textContent: quoted }),
  );
}

const line = (text) => element('p', { className: 'line', textContent: text });

/** A message as the elements it is drawn with: its bubble, or a line in the middle, or both. */
function draw(message, { people, texts, speaker, conversation, now }) {
  const own = message.from === speaker;
  const name = people.nameIn(message.from, conversation);
  if (message.recalled) return [line(own ? texts.recalledBySelf : fill(texts.recalledByOther, { name }))];

  if (message.event) return [line(`${name}：${message.text}`)];

  const recallable = accountIn(conversation) === 'wechat' && own && !message.refused && now - new Date(message.at) < RECALL_MS;
  const quotable = !message.refused && !message.media;
  const bubble = element(
    'article',
    { className: own ? 'said own' : 'said', data: { id: message.id, from: message.from }, aria: { label: name } },
    people.avatar(message.from),
    !own && people.room(conversation) && element('span', { className: 'said-name', textContent: name }),
    element(
      'div',
      { className: 'said-what', tabIndex: recallable || quotable ? 0 : -1 },
      content(message, texts),
      message.refused && element('span', { className: 'failed', role: 'img', textContent: '!', aria: { label: texts.notDelivered } }),
      recallable && element('button', { type: 'button', className: 'recall', data: { recall: message.id }, textContent: texts.recall }),
      quotable && element('button', { type: 'button', className: 'recall', data: { quote: message.id }, textContent: texts.quote }),
    ),
  );
  if (!message.refused) return [bubble];
  return [bubble, line(fill(texts.refused, { name: people.person(message.from)?.name ?? '', bot: people.bot.name }))];
}

/** What goes below the messages up to `before` for one more. */
export function drawMessage(message, before, view) {
  const at = new Date(message.at);
  const time =
    !before || at - new Date(before.at) > GAP_MS ? [element('p', { className: 'line time', textContent: separator(at, view.now) })] : [];
  return [...time, ...draw(message, view)];
}

/**
 * Draws a conversation as the one who speaks sees it: what they said at the right, the others at the left.
 * @param {HTMLElement} log
 * @param {any[]} messages
 * @param {{people: any, texts: any, speaker: string, conversation: string, now: Date}} view
 */
export function drawLog(log, messages, view) {
  log.replaceChildren(...messages.flatMap((message, at) => drawMessage(message, messages[at - 1], view)));
}
