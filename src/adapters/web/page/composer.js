import { element, fill } from './element.js';
import { pictureIn, shrink } from './picture.js';
import { quoting } from './quotation.js';

const part = (id) => document.getElementById(id);
/** WeChat puts this space after a name it @-s. */
const AFTER_MENTION = '\u2005';

/**
 * Where one writes: text, a picture, as whom.
 * @param {{texts: any, people: any, say: (text: string) => Promise<boolean>, sayPicture: (picture: Blob, name: string) => Promise<boolean>,
 *   speak: (person: string) => void}} on `say…` resolve to whether it was taken; `speak`: somebody else shall speak
 */
export function composer({ texts, people, say, sayPicture, speak }) {
  const [form, input, speaker, mention, picture, ideas, chips, ideaButton, attached, attachedImage, quote, quoteText] = [
    'composer',
    'input',
    'speaker',
    'mention',
    'picture',
    'ideas',
    'chips',
    'idea-button',
    'attached',
    'attached-image',
    'quote',
    'quote-text',
  ].map(part);
  /** What was begun in each conversation. @type {Map<string, string>} */
  const drafts = new Map();
  let conversation = '';
  /** @type {File | undefined} */
  let chosen;

  const grow = () => {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    form.classList.toggle('ready', input.value.trim() !== '' || chosen !== undefined);
  };

  const write = (text) => {
    input.value = text;
    grow();
  };

  const attach = (file) => {
    if (attachedImage.src) URL.revokeObjectURL(attachedImage.src);
    chosen = file;
    attached.hidden = !file;
    if (file) attachedImage.src = URL.createObjectURL(file);
    else attachedImage.removeAttribute('src');
    picture.value = '';
    grow();
  };

  const quoteThis = (said) => {
    quote.hidden = said === undefined;
    quoteText.textContent = said ?? '';
  };

  const showIdeas = (shown) => {
    ideas.hidden = !shown;
    ideaButton.setAttribute('aria-expanded', String(shown));
  };

  /** What is refused is put back, unless something new has been begun. */
  const send = async () => {
    const [text, file, where, quoted] = [input.value, chosen, conversation, quote.hidden ? undefined : quoteText.textContent];
    if (text.trim() === '' && !file) return;
    write('');
    attach(undefined);
    quoteThis(undefined);
    showIdeas(false);
    const pictureSent = !file || (await sayPicture(await shrink(file), file.name));
    const textSent = text.trim() === '' || (await say(quoted === undefined ? text : quoting(quoted, text)));
    if (where !== conversation) return;
    if (!pictureSent && !chosen) attach(file);
    if (textSent || input.value !== '') return;
    write(text);
    quoteThis(quoted);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    // While a word is being composed Enter only chooses it; Safari says so by the key code 229 alone.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void send();
  });
  form.addEventListener('paste', (event) => {
    const file = pictureIn(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    attach(file);
  });
  picture.addEventListener('change', () => {
    if (picture.files[0]) attach(picture.files[0]);
    input.focus();
  });
  part('quote-drop').addEventListener('click', () => quoteThis(undefined));
  part('attached-drop').addEventListener('click', () => attach(undefined));
  speaker.addEventListener('change', () => speak(speaker.value));
  ideaButton.addEventListener('click', () => showIdeas(ideas.hidden));
  mention.addEventListener('click', () => {
    const text = `@${people.bot.name}${AFTER_MENTION}`;
    input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
    input.focus();
    grow();
  });
  chips.addEventListener('click', (event) => {
    const chip = event.target.closest('button');
    if (!chip) return;
    showIdeas(false);
    void say(chip.textContent);
  });

  return {
    /** Turns to a conversation. @param {string} id @param {string} as who speaks @param {boolean} empty nothing was said there yet */
    open(id, as, empty) {
      if (id !== conversation) {
        drafts.set(conversation, input.value);
        conversation = id;
        attach(undefined);
        quoteThis(undefined);
        write(drafts.get(id) ?? '');
      }
      const room = people.room(id);
      const examples = (room ?? people.person(id)).examples;
      part('speaker-choice').hidden = !room;
      mention.hidden = !room;
      mention.textContent = fill(texts.mention, { bot: people.bot.name });
      speaker.replaceChildren(...people.speakers(id).map((one) => element('option', { value: one, textContent: people.person(one).name })));
      speaker.value = as;
      input.placeholder = fill(texts.inputAs, { name: people.person(as).name });
      input.setAttribute('aria-label', input.placeholder);
      chips.replaceChildren(...examples.map((text) => element('button', { type: 'button', textContent: text })));
      ideaButton.hidden = examples.length === 0;
      showIdeas(empty && examples.length > 0);
      part('who').replaceChildren(
        people.avatar(id),
        ...(room ? [] : [part('talking').content.cloneNode(true), people.avatar(people.bot.id)]),
      );
    },
    /** Quotes what was said, as "name：words". @param {string} said */
    quote(said) {
      quoteThis(said);
      input.focus();
    },
    focus: () => input.focus(),
  };
}
