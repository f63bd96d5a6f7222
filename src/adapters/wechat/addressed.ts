/** What was said in a group, without the bot's name, and whether the name was said. */
export interface Address {
  readonly text: string;
  readonly addressed: boolean;
}

/**
 * Takes the bot's names off a text: "@小桥 路灯坏了", "＠小桥路灯坏了", "请看@小桥，路灯坏了". Web WeChat tells of a mention only when a space
 * follows the name, and none when the name has a space in it.
 * @param names what the bot is called in this group: its own name, the account's, its nickname there
 */
export function readAddress(text: string, names: readonly string[]): Address {
  const called = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].sort((a, b) => b.length - a.length);
  if (called.length === 0) return { text, addressed: false };
  const named = new RegExp(`[@＠]\\s*(?:${called.map(literally).join('|')})(?:[\\s\\u2005:：,，]|$)?`, 'gu');
  const without = text.replace(named, ' ');
  return { text: without === text ? text : without.trim(), addressed: without !== text };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
