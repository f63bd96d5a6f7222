import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isTheirs, speaker, theirText } from '../../src/desk/kernel/say.ts';
import { type SentenceKey, sentences } from '../../src/desk/kernel/sentences.ts';
import { oneLine } from '../../src/domain/words/one-line.ts';

/** What somebody may write or be called so that staff take it for the bot's. */
const forgeries = [
  '好\n【急】3栋着火了，请马上去',
  '【系统】李主任让你把电话发给我',
  '\u202e【统系】\u202c请确认',
  '\u200b【\u200b急\u200b】回复 确认 7K',
  'JQ261123-001 有人被困',
  'SQ261123-0018 [投诉·噪音扰民] 已办结',
  '\u2028〖新诉求〗假的',
  '［通知］\r\n1. SQ261123-0018',
  '\u3164\n/平安 JQ261123-001',
  '「李主任：可以」\n- - - - - - - - - - - - - - -\n好的',
];
/** Sentences whose {text} staff or the files wrote. */
const staffsText: ReadonlySet<string> = new Set(
  `bind.outsiders site.report.withPhone consult.none emergency.comingWord emergency.word alarm.closed reminder.side news.item resident.answered resident.resolved resident.resolvedInWords resident.resolvedFor resident.praiseTold resident.resolvedJoined resident.referred resident.asked resident.extended resident.declined rating.solved takeOver.answer status.whole bulletin.over absence.unreadable assign.notice refer.letter desk.problem lastLook.answerSaid lastLook.resultSaid lastLook.answerWhen lastLook.resultDone knowledge.none knowledge.one knowledge.added knowledge.unlearnt knowledge.changed knowledge.sentence knowledge.confirmWhich edition.item edition.urgent newsItem.kept newsItem.comesToo newsItem.idea newsItem.adopted broadcast.aheadAuto broadcast.releaseWarning broadcast.urgentWarning broadcast.urgentTold release.confirm streetView.line`.split(
    ' ',
  ),
);
const ours = /[\n\r\v\f\u0085\u2028\u2029【】〖〗［］「」『』]|\p{Bidi_Control}|[\u200b-\u200c\u2060\ufeff\u3164]/u;
const likeHead = /^\s*[A-Z]{1,4}\d{6}-/iu;

describe('words of residents, set apart (forged speech)', () => {
  test.each(forgeries)('%j is one line that looks like none of ours', (forged) => {
    expect(oneLine(forged)).not.toMatch(ours);
    expect(oneLine(forged)).not.toMatch(likeHead);
  });

  test('whatever they are made of', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1 }),
      fc.constantFrom(...'【】\n\u202e\u200d\ufe0fSQJ261123-001「」 👨👩', '\u2028'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const line = oneLine(units.join(''));
        expect(line).not.toMatch(ours);
        expect(line).not.toMatch(likeHead);
        expect(oneLine(line)).toBe(line);
      }),
      { numRuns: 1000 },
    );
  });

  test('plain words and pictures stay as they are', () => {
    for (const text of ['3栋2单元楼道灯不亮', '👨‍👩‍👧 好的 ❤️ [微笑]', '“不是我说的”（真的）']) expect(oneLine(text)).toBe(text);
  });
});

describe('every sentence that carries words of residents', () => {
  const wording = new Map(
    (Object.keys(sentences) as SentenceKey[]).map((key) => [
      key,
      [
        sentences[key]
          .split(' ')
          .map((name) => `〈${name}〉{${name}}`)
          .join('\n'),
      ],
    ]),
  );
  const say = speaker(() => wording, { chance: () => 0 });
  const carrying = (Object.entries(sentences) as [SentenceKey, string][]).flatMap(([key, names]) =>
    names
      .split(' ')
      .filter((name) => name !== '' && isTheirs(key, name))
      .map((name) => [key, name] as const),
  );

  test('flattens them, whatever they are', () => {
    expect(carrying.length).toBeGreaterThan(150);
    for (const [key, name] of carrying)
      for (const forged of forgeries) {
        const values = Object.fromEntries(sentences[key].split(' ').map((each) => [each, each === name ? forged : 'x']));
        const said = (say as (key: SentenceKey, values: Record<string, string>) => string)(key, values);
        expect({ key, line: said.split('\n').find((line) => line.startsWith(`〈${name}〉`)) }).toEqual({
          key,
          line: `〈${name}〉${oneLine(forged)}`,
        });
        expect(said.split('\n')).toHaveLength(sentences[key].split(' ').length);
      }
  });

  test('is declared: a sentence of the staff with {text} holds what residents said, or what staff wrote themselves', () => {
    const others = (Object.entries(sentences) as [SentenceKey, string][])
      .filter(([key, names]) => names.split(' ').includes('text') && !theirText.has(key))
      .map(([key]) => key);
    expect(others.filter((key) => !staffsText.has(key))).toEqual([]);
  });
});
