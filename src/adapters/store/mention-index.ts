import type { Mentions } from '../../desk/kernel/mentions.ts';
import type { Row } from './table-rows.ts';

/** Rows by whom and what they speak of. */
export interface MentionIndex {
  /** A row has come, gone, or become another one of the same id. */
  change(before: Row | undefined, after: Row | undefined): void;
  find(text: string): Iterable<Row>;
}

/**
 * Like an index it is made of the rows there are when it is first wanted.
 * @param mentions absent where the program does not know what the rows are
 */
export function createMentionIndex(mentions: Mentions | undefined, rows: () => Iterable<Row>): MentionIndex {
  /** Most are spoken of in one row alone, which then needs no list. */
  let those: Map<string, Row | Map<string, Row>> | undefined;
  if (!mentions || mentions.none) return { change: () => undefined, find: () => [] };

  function add(to: NonNullable<typeof those>, row: Row): void {
    for (const text of mentions?.all(row) ?? []) {
      const known = to.get(text);
      if (known instanceof Map) known.set(row.id, row);
      else if (known === undefined) to.set(text, row);
      else
        to.set(
          text,
          new Map([
            [known.id, known],
            [row.id, row],
          ]),
        );
    }
  }

  function remove(from: NonNullable<typeof those>, row: Row): void {
    for (const text of mentions?.all(row) ?? []) {
      const known = from.get(text);
      if (known instanceof Map) known.delete(row.id);
      if (!(known instanceof Map) || known.size === 0) from.delete(text);
    }
  }

  return {
    change(before, after) {
      if (those && before) remove(those, before);
      if (those && after) add(those, after);
    },
    find(text) {
      if (!those) {
        those = new Map();
        for (const row of rows()) add(those, row);
      }
      const known = those.get(text);
      return known instanceof Map ? known.values() : known === undefined ? [] : [known];
    },
  };
}
