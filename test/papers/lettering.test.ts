import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { openLetterings, png } from '../../src/adapters/papers/picture.ts';

const fonts = join(projectFolder, 'data/fonts');
const { regular, bold } = openLetterings(fonts);

describe('what the font can show', () => {
  test.each([
    ['停水通知：9:00—17:00', '停水通知：9:00—17:00'],
    ['▍最新 · “3栋” 100％ ¥20 ①', '▍最新 · “3栋” 100％ ¥20 ①'],
    ['包饺子😀👍🏽迎冬至🇨🇳', '包饺子迎冬至'],
    ['👨‍👩‍👧 一家人', '一家人'],
    ['1️⃣ 报名', '1 报名'],
    ['王㐂的𠮷日', '王㐂的吉日'],
    ['請參镕犇赟垚', '請參镕犇赟垚'],
    ['⚠️今晚停水', '注意今晚停水'],
    ['📞电话：0858-0000000', '电话：0858-0000000'],
    ['🚫停车🎉', '禁止停车'],
    ['a\u0000b\tc\nd', 'ab c d'],
  ])('%s', (said, shown) => {
    for (const lettering of [regular, bold]) expect(lettering.shown(said)).toBe(shown);
  });

  test.each([
    ['standard.txt', 8105],
    ['traditional.txt', 2800],
  ])('%s: every character, also those beyond the basic plane, in both weights', (list, atLeast) => {
    const characters = readFileSync(join(projectFolder, 'data/fonts', list), 'utf8').match(/\p{L}/gu) ?? [];
    expect(new Set(characters).size).toBeGreaterThanOrEqual(atLeast);
    expect(characters.filter((each) => bold.shown(each) !== each || regular.shown(each) !== each)).toEqual([]);
  });

  test('a character that no font has stands as it is read, and never as 〓', () => {
    const rare = [...'鿏𠀀䶮𬺰'].map((each) => regular.shown(`王${each}`));
    for (const shown of rare) expect(shown).toMatch(/^王(?:（[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+）|.)$/u);
  });

  test('what was measured is what is drawn: rarer characters are of the font that has them', async () => {
    const drawn = async (words: string) =>
      png(
        `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text x="5" y="50" font-size="40" font-family="Noto Sans SC">${words}</text></svg>`,
        fonts,
      );
    const blank = await drawn('');
    for (const each of ['镕', '請', '㐂', '𬭎']) expect((await drawn(each)).equals(blank)).toBe(false);
    expect((await drawn('镕')).equals(await drawn('請'))).toBe(false);
  });

  test('every sentence, title and name that is shipped', () => {
    // What residents write, emoji and all, is listened for and never drawn.
    const listened = [
      'verdicts.yaml',
      'small-talk.yaml',
      'talk-words.yaml',
      'danger-talk.yaml',
      'wishes.yaml',
      'places.yaml',
      'fonts/signs.yaml',
    ];
    const yaml = readdirSync(join(projectFolder, 'data'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.yaml') && !listened.includes(name),
    );
    const words = new Set(
      yaml.flatMap((name) => readFileSync(join(projectFolder, 'data', name), 'utf8').match(/[\p{L}\p{N}\p{P}\p{S}]/gu) ?? []),
    );
    expect(words.size).toBeGreaterThan(1500);
    // The end of a range of a regular expression.
    words.delete('龥');
    expect([...words].filter((each) => bold.shown(each) !== each || regular.shown(each) !== each)).toEqual([]);
  });
});

describe('lines of Chinese', () => {
  test.each([
    ['no stop begins a line', '今天下午停水，请储水', 6, ['今天下午停', '水，请储水']],
    ['no bracket ends one', '请大家看通知（第一页）吧', 7, ['请大家看通知', '（第一页）吧']],
    ['numbers and what they count stay together', '请大家于11月28日前来办理', 6, ['请大家于', '11月28日前', '来办理']],
    ['words and telephone numbers stay whole', '电话是0873-7123456找我', 9, ['电话是', '0873-7123456找我']],
    ['what is wider than a line is broken all the same', 'abcdefghijkl', 3, ['abcde', 'fghijkl']],
    ['no character stands alone at the end', '一二三四五六', 5, ['一二三四', '五六']],
    ['a line that was broken by hand stays so', '一\n二', 5, ['一', '二']],
    ['nothing is no line', ' ', 5, []],
  ])('%s', (_, said, ems, lines) => {
    expect(regular.lines(said, 10, ems * 10)).toEqual(lines);
  });

  test('what does not fit is cut at a member of an enumeration, or anywhere', () => {
    expect(regular.fitted('停水、停电、停气、没暖气', 10, 80)).toBe('停水、停电…');
    expect(regular.fitted('人民路口公交站旁边', 10, 60)).toBe('人民路口公…');
    expect(regular.fitted('噪音扰民', 10, 40)).toBe('噪音扰民');
  });
});
