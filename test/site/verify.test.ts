import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reckonProof } from '../../src/adapters/site/proof-text.ts';
import { countNames } from '../../src/domain/supervision/counts.ts';
import { misfit, type Proof, sealOf, shownSeal } from '../../src/domain/supervision/day.ts';
import { inOrder, leafOf, pathOf, rootOf, type Sum } from '../../src/domain/supervision/sum-tree.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const script = readFileSync(new URL('../../src/adapters/site/assets/verify.js', import.meta.url), 'utf8');

/** What the page's script says of a text that was pasted, where one seal is published. */
function saidByScript(text: string, published: string): string {
  const told = { textContent: '', attribute: (name: string) => name };
  const place = {
    getAttribute: (name: string) => name,
    removeAttribute: () => undefined,
    set textContent(words: string) {
      told.textContent = words;
    },
  };
  const form = { querySelector: () => ({ value: text }), addEventListener: () => undefined };
  const document = {
    querySelectorAll: () => [form],
    querySelector: (selector: string) =>
      selector === '[data-verified]' ? place : selector === `[data-published="${published}"]` ? {} : null,
  };
  runInContext(script, createContext({ document, unescape, encodeURIComponent }));
  return told.textContent;
}

/** Proofs of a case among up to twenty. */
const proofs = fc
  .tuple(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(1)), { minLength: 1, maxLength: 20 }), fc.nat())
  .map(([cases, chosen]): Proof => {
    const counts = (of: number) => countNames.map((name) => (name === 'cases' ? 1 : of));
    const made = cases.map(([words, of], index) => ({
      ...leafOf(digest, `{"number":"${index}","told":"${words}"}`, `salt${index}`, counts(of)),
      text: `{"number":"${index}","told":"${words}"}`,
      salt: `salt${index}`,
    }));
    const ordered = inOrder(made);
    const index = chosen % ordered.length;
    const { text = '', salt = '', counts: own = [] } = ordered[index] ?? {};
    const leaves = ordered.map(({ hash, counts: of }) => ({ hash, counts: of }));
    const nothing: Sum = rootOf(digest, [], countNames.length);
    const day = {
      id: '2026-11-24',
      at: '2026-11-23T19:00:00.000Z',
      from: '2026-10-24T16:00:00.000Z',
      to: '2026-11-23T19:00:00.000Z',
      before: '',
      open: rootOf(digest, leaves, countNames.length),
      discreet: nothing,
      alarms: { hash: nothing.hash },
    };
    return { tree: 'open', text, salt, counts: own, ...pathOf(digest, leaves, index), day: { ...day, seal: sealOf(digest, day) } };
  });

describe('the script of the page', () => {
  test('reckons as the desk does: what fits, fits', () => {
    fc.assert(
      fc.property(proofs, (proof) => {
        expect(misfit(digest, proof)).toBeUndefined();
        expect(saidByScript(JSON.stringify(proof), proof.day.seal)).toBe('data-good');
        expect(saidByScript(JSON.stringify(proof), 'another')).toBe('data-unknown');
      }),
    );
  });

  test.each<[string, (proof: Proof) => Proof, string]>([
    ['another text', (proof) => ({ ...proof, text: `${proof.text} ` }), 'data-tree'],
    ['another secret', (proof) => ({ ...proof, salt: `${proof.salt}x` }), 'data-tree'],
    ['another place', (proof) => ({ ...proof, index: proof.index + 1 }), 'data-tree'],
    ['a count more', (proof) => ({ ...proof, counts: proof.counts.map((count) => count + 1) }), 'data-tree'],
    ['a count that is none', (proof) => ({ ...proof, counts: proof.counts.map(() => -1) }), 'data-tree'],
    ['another tree', (proof) => ({ ...proof, tree: 'discreet' }), 'data-tree'],
    ['another day', (proof) => ({ ...proof, day: { ...proof.day, id: '2026-11-25' } }), 'data-seal'],
    ['another day before', (proof) => ({ ...proof, day: { ...proof.day, before: 'x' } }), 'data-seal'],
  ])('%s does not fit, for the script as for the desk', (_, change, told) => {
    fc.assert(
      fc.property(proofs, (proof) => {
        const changed = change(proof);
        expect(misfit(digest, changed)).toBe(told.slice('data-'.length));
        expect(saidByScript(JSON.stringify(changed), proof.day.seal)).toBe(told);
      }),
      { numRuns: 30 },
    );
  });

  test.each(['', '{}', 'null', '[1]', '{"day":{}}', '"\'; alert(1)'])('%p is no proof', (text) => {
    if (text !== '') expect(saidByScript(text, 'x')).toBe('data-unread');
    expect(reckonProof(text)).toBeUndefined();
  });
});

describe('核对公示', () => {
  let stage: SiteStage;
  beforeEach(async () => {
    stage = await openSiteStage();
  });
  afterEach(async () => {
    expect(stage.errors).toEqual([]);
    await stage.close();
  });
  const secretIn = (text: string) => /[A-Z2-9]{5}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? '';
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  const tokenIn = (text: string) => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';

  test('a case shows its proof the night after, which the page reckons anew, step by step', async () => {
    const form = await stage.get('/report');
    const filed = await stage.post('/report', { token: tokenIn(form.text), what: '3栋2单元楼道灯坏了' });
    const path = `/s/${secretIn(filed.text)}`;
    expect((await stage.get(path)).text).toContain('还没有封存');
    await stage.desk.to('2026-11-24T03:00:00+08:00');
    const page = await stage.get(path);
    const proof = plain(/<textarea id="proof"[^>]*>([^<]*)</.exec(page.text)?.[1] ?? '');
    const { day } = JSON.parse(proof) as Proof;
    expect(page.text).toContain(shownSeal(day.seal));
    for (const word of ['灯', '3栋']) expect(proof).not.toContain(word);

    const shown = await stage.get('/open/verify');
    expect(shown.text).toContain(`data-published="${day.seal}"`);
    expect((await stage.get('/open')).text).toContain(shownSeal(day.seal));
    const checked = await stage.post('/open/verify', { proof });
    expect(checked.status).toBe(200);
    expect(checked.text).toContain('对上了');
    const steps = [...checked.text.matchAll(/<li><code>([^<]*)<\/code><br>→ <code>([^<]*)<\/code>/g)];
    expect(steps.length).toBeGreaterThan(1);
    for (const [, text = '', hash] of steps)
      expect(digest(plain(text).replace(/^\\x0(\d)/, (_, mark) => String.fromCharCode(Number(mark))))).toBe(hash);
    expect(steps.at(-1)?.[2]).toBe(day.seal);
  });

  test('what was changed, and what is no proof, is told; nothing is kept of it', async () => {
    const [proof] = fc.sample(proofs, 1);
    if (!proof) throw new Error('no sample');
    const changed = await stage.post('/open/verify', { proof: JSON.stringify({ ...proof, text: 'x' }) });
    expect(changed.text).toContain('对不上');
    const none = await stage.post('/open/verify', { proof: '"><script>alert(1)</script>' });
    expect(none.status).toBe(422);
    expect(none.text).not.toContain('<script>alert');
    expect(none.text).toContain('不是一份凭据');
  });
});
