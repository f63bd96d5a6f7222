import { describe, expect, test } from '@jest/globals';
import { chinese } from '../../src/adapters/language/language.ts';
import { compileEmergencyRules } from '../../src/domain/understanding/emergency.ts';
import { reader } from '../../src/domain/understanding/engine.ts';
import type { Lessons } from '../../src/domain/understanding/lessons.ts';
import { train } from '../../src/domain/understanding/training.ts';

const language = chinese([]);
const emergencies = compileEmergencyRules({
  kinds: [],
  guards: {
    past: [],
    habit: [],
    question: [],
    object: [],
    others: [],
    negation: [],
    play: [],
    nuisance: [],
    paper: [],
    doubt: [],
    now: [],
  },
});

const lessons: Lessons = {
  intents: [
    {
      id: 'permit',
      utterances: ['居住证怎么办', '暂住证咋个办', '外地人要办什么证', '办居住证', '居住证在哪里弄'],
      facets: { fee: ['居住证要多少钱', '办暂住证收费不'] },
    },
    { id: 'pension', utterances: ['养老金怎么领', '退休钱咋个领', '满六十岁拿多少钱', '养老保险待遇', '领养老金'], facets: {} },
    { id: 'noise', utterances: ['楼上吵得睡不着', '半夜装修声音大', '广场舞太吵', '隔壁天天放音响', '噪音扰民'], facets: {} },
    { id: 'empty', utterances: [], facets: {} },
  ],
  dangers: {},
  acts: {},
  background: ['今天天气真好', '红烧肉怎么做', '哈哈哈笑死', '谁家的猫跑了', '晚上吃什么', '球赛几点开始'],
  facetCues: { fee: { words: ['多少钱', '收费'], patterns: [] } },
  lexicon: { replacements: new Map([['咋个', '怎么']]), ignored: [], names: new Map(), words: [] },
};

const best = (from: Lessons, text: string) => reader(train(from, language), from, language, emergencies).understand(text).questions[0];

describe('what the engine learns', () => {
  test('the same lessons give the same model', () => {
    expect(train(lessons, language)).toEqual(train(lessons, language));
  });

  test('a phrasing that was taught is understood, and so are its neighbours', () => {
    const taught: Lessons = {
      ...lessons,
      intents: lessons.intents.map((intent) =>
        intent.id === 'noise' ? { ...intent, utterances: [...intent.utterances, '钢琴叮叮咚咚从早弹到晚'] } : intent,
      ),
    };
    // How far the best stands out: how sure the best itself is has an upper end, which so few phrasings reach at once.
    const lead = (from: Lessons) => {
      const [first, second] = best(from, '楼下钢琴从早弹到晚').candidates;
      return (first?.score ?? 0) - (second?.score ?? 0);
    };
    expect(lead(lessons)).toBeLessThan(lead(taught));
    expect(best(taught, '楼下钢琴从早弹到晚').candidates[0]?.topic).toBe('noise');
  });

  test('a topic without phrasings is never meant', () => {
    expect(best(lessons, '居住证怎么办').candidates[0]?.topic).toBe('permit');
    expect(best(lessons, '随便什么').candidates.at(-1)?.score).toBeLessThan(0.5);
  });

  test('it tells why: the words that spoke for a topic, and its phrasing that is most like the message', () => {
    const { explain } = reader(train(lessons, language), lessons, language, emergencies);
    const [first] = explain('暂住证怎么办').reasons;
    expect(first?.topic).toBe('permit');
    expect(first?.nearest?.text).toBe('暂住证咋个办');
    expect(first?.because.length).toBeGreaterThan(0);
  });

  test.each([
    ['nothing', ''],
    ['only punctuation', '？？！！…'],
    ['zero-width and bidirectional characters', '\u200b\u202e居\u200d住证怎么办\u2066'],
    ['mixed scripts', 'hello 居住證 怎麼辦 привет'],
    ['10,000 characters', '居住证怎么办'.repeat(1667)],
    ['a forwarded article', `${'据新华社报道，记者从有关部门获悉。'.repeat(120)}`],
  ])('%s is read without harm', (_, text) => {
    const { questions } = reader(train(lessons, language), lessons, language, emergencies).understand(text);
    expect(['answer', 'clarify', 'decline']).toContain(questions[0].decision);
    if (/[居]/u.test(text)) expect(questions[0].candidates[0]?.topic).toBe('permit');
  });
});
