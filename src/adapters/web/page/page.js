import { accounts } from './account.js';
import { drawLog, drawMessage } from './bubbles.js';
import { clock } from './clock.js';
import { composer } from './composer.js';
import { fill, fillPage } from './element.js';
import { drawList } from './list.js';
import { knowPeople } from './people.js';
import { takeApart } from './quotation.js';
import { scroller } from './scroller.js';
import { server } from './server.js';
import { listen } from './stream.js';

const part = (id) => document.getElementById(id);
const phone = matchMedia('(max-width: 760px)');
const [frame, list, log, banner, toast, viewer] = ['window', 'list', 'log', 'banner', 'toast', 'viewer'].map(part);

/** The server's state, once it is there. */
const state = await begin();
const { texts } = state;
const people = knowPeople(state);
const conversations = state.conversations.map((one) => ({ ...one, unread: 0 }));
/** Who speaks in each group. @type {Map<string, string>} */
const speakers = new Map();
/** The conversation that is seen; none on a phone that shows the list. @type {string | undefined} */
let open;

const find = (id) => conversations.find((one) => one.id === id);
const speakerIn = (id) => speakers.get(id) ?? people.speakers(id)[0];
const scroll = scroller(log, part('newer'));
const time = clock({
  now: state.now,
  texts,
  // What fell due on the way may wait for somebody's word.
  move: (to) => attempt(() => server.moveClock(to)).then(() => account.look()),
  minute: () => queueMicrotask(drawAll),
});
const writing = composer({
  texts,
  people,
  say: (text) => attempt(() => server.say(speakerIn(open), open, text)),
  sayPicture: (picture, name) => attempt(() => server.sayPicture(speakerIn(open), open, picture, name)),
  speak(person) {
    speakers.set(open, person);
    show(open);
    writing.focus();
  },
});

const account = accounts({
  texts,
  people,
  doings: state.doings,
  go: turnTo,
  act: (event) => void attempt(() => server.act(speakerIn(open), open, event)),
});

fillPage(texts);
document.title = texts.title;
frame.hidden = false;
follow();
listen(state.after, { event: happen, connected: (yes) => notice(yes ? '' : texts.reconnecting), reset: () => location.reload() });

addEventListener('hashchange', follow);
phone.addEventListener('change', follow);
list.addEventListener('click', (event) => {
  const id = event.target.closest('[data-conversation]')?.dataset.conversation;
  if (id) turnTo(id);
});

/** Turns to a conversation and tells the address. */
function turnTo(id) {
  // On a phone the way back leads to the list; beside the list there is nothing to go back to.
  if (phone.matches) {
    location.hash = id;
    return;
  }
  history.replaceState(null, '', `#${id}`);
  follow();
  writing.focus();
}
part('back').addEventListener('click', () => (location.hash = ''));
log.addEventListener('click', (event) => {
  const { picture } = event.target.closest('[data-picture]')?.dataset ?? {};
  const { recall } = event.target.closest('[data-recall]')?.dataset ?? {};
  const { quote } = event.target.closest('[data-quote]')?.dataset ?? {};
  const quoted = quote && find(open).messages.find((one) => one.id === quote);
  if (quoted) writing.quote(`${people.nameIn(quoted.from, open)}：${takeApart(quoted.text).said}`);
  if (recall) void attempt(() => server.recall(speakerIn(open), recall));
  if (!picture) return;
  part('viewer-image').src = picture;
  viewer.showModal();
});
viewer.addEventListener('click', () => viewer.close());

/** Asks for the state until it is given; there is nothing to show without it. */
async function begin() {
  for (;;) {
    try {
      return await server.state();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

/** Shows what the address names, else the list; where there is room for both, the first conversation beside it. */
function follow() {
  const named = find(location.hash.slice(1))?.id;
  const id = named ?? (phone.matches ? undefined : conversations[0]?.id);
  frame.dataset.view = id ? 'chat' : 'list';
  if (id) show(id);
  else open = undefined;
  drawAll();
}

/** Turns to a conversation. */
function show(id) {
  const conversation = find(id);
  const room = people.room(id);
  open = id;
  conversation.unread = 0;
  part('chat-title').textContent = room
    ? fill(texts.roomTitle, { topic: room.topic, count: room.members.length })
    : fill(texts.privateTitle, { name: people.person(id).name, bot: people.bot.name });
  part('chat-note').textContent = (room ?? people.person(id)).note;
  account.open(id);
  writing.open(id, speakerIn(id), conversation.messages.length === 0);
  drawLog(log, conversation.messages, view());
  part('chat').classList.toggle('empty', conversation.messages.length === 0);
  scroll.toEnd();
}

function view() {
  return { people, texts, speaker: speakerIn(open), conversation: open, now: time.now() };
}

function drawAll() {
  drawList(list, { conversations, people, texts, now: time.now(), open });
  const elsewhere = conversations.reduce((sum, { unread }) => sum + unread, 0);
  part('back-unread').textContent = elsewhere;
  part('back-unread').hidden = elsewhere === 0;
}

/** Something happened in the world. */
function happen(type, data) {
  if (type === 'message') hear(data);
  if (type === 'recalled') {
    const { messages } = find(data.conversation);
    messages[messages.findIndex(({ id }) => id === data.id)] = data;
  }
  if (type === 'clock') time.set(data.now);
  if (type === 'topic') people.room(data.room).topic = data.topic;
  void account.look();
  if (type !== 'message' && open) scroll.keep(() => drawLog(log, find(open).messages, view()));
  drawAll();
}

function hear(message) {
  const conversation = find(message.conversation);
  const before = conversation.messages.at(-1);
  conversation.messages.push(message);
  if (message.conversation !== open) {
    conversation.unread += 1;
    return;
  }
  part('chat').classList.remove('empty');
  scroll.keep(() => log.append(...drawMessage(message, before, view())), message.from === speakerIn(open));
}

/** Does something; when it is refused, says why. @returns {Promise<boolean>} whether it was done */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast.textContent = texts.errors[error.code] ?? texts.errors.other;
    toast.hidden = false;
    setTimeout(() => (toast.hidden = true), 4000);
    return false;
  }
}

function notice(text) {
  banner.textContent = text;
  banner.hidden = text === '';
}
