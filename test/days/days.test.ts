import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { chromiumPath } from '../support/browser.ts';
import { playIn, readDialogues } from '../support/dialogue.ts';
import { openChatPage } from './page.ts';

if (!chromiumPath) console.warn('No days are played on the chat page: no Chromium found. Set CHROMIUM_PATH to one.');

/**
 * Whole days of people who write as people do, in the format of test/dialogues/FORMAT.md, played on the chat page. `DAYS=folder` keeps what
 * was said and what the page looked like after each turn.
 */
(chromiumPath ? describe : describe.skip)('a whole day on the chat page', () => {
  test.each(['grandmother', 'shop-owner', 'worker'])(
    '%s',
    async (name) => {
      const chat = await openChatPage();
      const kept = process.env.DAYS;
      let turn = 0;
      try {
        const [day] = readDialogues(join(import.meta.dirname, `${name}.yaml`));
        const { lines, misses } = await playIn(day ?? { id: name, who: '', turns: [] }, {
          ...chat,
          async take(said) {
            const taken = await chat.take(said);
            if (kept) await chat.screenshot(join(kept, `${name}-${String(++turn).padStart(2, '0')}.png`));
            return taken;
          },
        });
        if (kept) writeFileSync(join(kept, `${name}.txt`), [...lines, ''].join('\n'));
        expect(misses).toEqual([]);
        expect(chat.complaints).toEqual([]);
      } finally {
        await chat.close();
      }
    },
    180_000,
  );
});
