/** Whose conversation it is, a person's or a group's. @param {string} conversation */
export const personIn = (conversation) => conversation.split('@')[0];

/** On which account it is. @param {string} conversation */
export const accountIn = (conversation) => conversation.split('@')[1] ?? 'wechat';

/** @param {string} id @param {string} account */
export const conversationOn = (id, account) => (account === 'wechat' ? id : `${id}@${account}`);
