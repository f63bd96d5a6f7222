/**
 * A token is put into the remark ("备注") that the account's owner gives a friend: "张奶奶·R7K2M". It is what web WeChat keeps of a
 * person over a login, and only the owner can write it. R and four characters for residents, S and eight (40 bits) for staff.
 */
const lengths = { R: 4, S: 8 } as const;

export type TokenKind = keyof typeof lengths;

/** How many characters follow the letter. */
export const tokenLength = (kind: TokenKind): number => lengths[kind];

const shape = /(?:^|[·•・‧∙.．\s])(R[A-HJ-NP-Z2-9]{4}|S[A-HJ-NP-Z2-9]{8})\s*$/u;

/** The token at the end of a remark, however the dot before it was typed; undefined when there is none. */
export function readToken(remark: string): string | undefined {
  return shape.exec(remark.normalize('NFKC').toUpperCase())?.[1];
}

/** The remark that a friend should have. WeChat's remarks are short: the name is cut, never the token. */
export function remarkWith(name: string, token: string): string {
  return `${[...name].slice(0, 16).join('')}·${token}`;
}
