import { element, fill } from './element.js';
import { accountIn } from './place.js';
import { listTime } from './time.js';

/** What the list shows of the last message: one line. */
function preview(message, people, texts, conversation) {
  if (message.recalled) return fill(texts.recalledByOther, { name: people.nameIn(message.from, conversation) });
  const said = message.media ? (message.media.kind === 'image' ? texts.picture : texts.file) : message.text.replace(/\s+/g, ' ');
  return people.room(conversation) ? `${people.nameIn(message.from, conversation)}: ${said}` : said;
}

function row({ id, messages, unread }, { people, texts, now, open }) {
  const room = people.room(id);
  const person = people.person(id);
  const last = messages.at(-1);
  const account = accountIn(id);
  const tag = account !== 'wechat' ? texts.accounts[account] : person && !person.friend ? texts.notFriend : undefined;

  return element(
    'li',
    {},
    element(
      'button',
      { type: 'button', className: 'row', data: { conversation: id }, aria: id === open ? { current: 'true' } : {} },
      element(
        'span',
        { className: 'row-avatar' },
        people.avatar(id),
        unread > 0 &&
          element('span', {
            className: 'badge',
            textContent: unread > 99 ? '99+' : String(unread),
            aria: { label: fill(texts.unread, { count: unread }) },
          }),
      ),
      element('span', { className: 'row-name', textContent: room?.topic ?? person?.name ?? id }),
      tag && element('span', { className: 'row-tag', textContent: tag }),
      element('time', { className: 'row-time', textContent: last ? listTime(new Date(last.at), now) : '' }),
      element('span', {
        className: last ? 'row-last' : 'row-last quiet',
        textContent: last ? preview(last, people, texts, id) : (room ?? person)?.note || texts.draft,
      }),
    ),
  );
}

/**
 * Draws the list of conversations: residents first, staff below, each in the order of the cast; it stays where it is
 * when somebody speaks, so that nobody is lost sight of. Those on another account than WeChat are there once something was said in them.
 * @param {HTMLElement} nav
 * @param {{conversations: any[], people: any, texts: any, now: Date, open: string | undefined}} state
 */
export function drawList(nav, state) {
  const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.conversation : undefined;
  const { people, texts, open } = state;
  const conversations = state.conversations.filter(({ id, messages }) => accountIn(id) === 'wechat' || id === open || messages.length > 0);
  const section = (title, staff) => {
    const rows = conversations.filter(({ id }) => people.isStaff(id) === staff);
    return rows.length > 0 ? [element('h2', { textContent: title }), element('ul', {}, ...rows.map((one) => row(one, state)))] : [];
  };
  nav.replaceChildren(...section(texts.residents, false), ...section(texts.staff, true));
  if (focused) nav.querySelector(`[data-conversation="${CSS.escape(focused)}"]`)?.focus();
}
