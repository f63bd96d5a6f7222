import { element, fill } from './element.js';
import { accountIn, conversationOn, personIn } from './place.js';
import { server } from './server.js';

const part = (id) => document.getElementById(id);

/**
 * On which account somebody is: a choice above the conversation, and on the 服务号 what it may still say by itself and what can be done there.
 * @param {{texts: any, people: any, doings: {event: string, label: string}[], go: (conversation: string) => void, act: (event: string) => void}} on
 */
export function accounts({ texts, people, doings, go, act }) {
  const [choice, select, bar, line, doing] = ['account-choice', 'account', 'official', 'official-window', 'doing'].map(part);
  let conversation = '';
  let asked = 0;

  doing.replaceChildren(
    element('option', { value: '', textContent: texts.doing }),
    ...doings.map(({ event, label }) => element('option', { value: event, textContent: label })),
  );
  select.addEventListener('change', () => go(conversationOn(personIn(conversation), select.value)));
  doing.addEventListener('change', () => {
    const event = doing.value;
    doing.value = '';
    if (event) act(event);
  });

  /** Asks what the window lets through; an answer that a later one has overtaken is dropped. */
  async function look() {
    if (bar.hidden) return;
    asked += 1;
    const mine = asked;
    const found = await server.windowOf(personIn(conversation)).catch(() => undefined);
    if (!found || mine !== asked) return;
    const { left, waiting } = found;
    line.replaceChildren(
      left > 0 ? fill(texts.windowOpen, { left }) : texts.windowShut,
      ...(waiting.length > 0 ? [element('strong', { textContent: fill(texts.windowWaiting, { count: waiting.length }) })] : []),
      ...waiting.map((text) => element('span', { className: 'held', textContent: text })),
    );
  }

  return {
    /** Turns to a conversation. @param {string} id */
    open(id) {
      conversation = id;
      const known = people.accounts(id);
      choice.hidden = known.length < 2;
      select.replaceChildren(...known.map((name) => element('option', { value: name, textContent: texts.accounts[name] })));
      select.value = accountIn(id);
      bar.hidden = accountIn(id) !== 'official';
      line.replaceChildren();
      void look();
    },
    look,
  };
}
