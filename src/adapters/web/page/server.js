/** A refusal of the server; `code` names why. */
export class Refused extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** @param {string} path @param {RequestInit} [request] */
async function ask(path, request) {
  const response = await fetch(`api/${path}`, request);
  const answer = await response.json().catch(() => ({ error: 'other' }));
  if (!response.ok) throw new Refused(answer.error ?? 'other');
  return answer;
}

/** @param {string} path @param {object} body */
function post(path, body) {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

export const server = {
  state: () => ask('state'),
  say: (from, conversation, text) => post('say', { from, conversation, text }),
  act: (from, conversation, event) => post('do', { from, conversation, event }),
  /** What the 服务号 may still say to somebody, and what waits. @param {string} person */
  windowOf: (person) => ask(`window/${person}`),
  recall: (from, id) => post('recall', { from, id }),
  /** @param {{by?: string, to?: string}} move */
  moveClock: (move) => post('clock', move),
  /** @param {string} from @param {string} conversation @param {Blob} picture @param {string} name */
  sayPicture(from, conversation, picture, name) {
    const form = new FormData();
    form.set('from', from);
    form.set('conversation', conversation);
    form.set('picture', picture, name);
    return ask('say', { method: 'POST', body: form });
  },
};
