import { describe, expect, test } from '@jest/globals';
import { countedIn } from '../../src/domain/words/list-items.ts';

describe('a message that counts what it tells is read item by item', () => {
  test.each([
    ['1.楼道灯坏了 2.垃圾没人收 3.井盖松了', ['楼道灯坏了', '垃圾没人收', '井盖松了']],
    ['1.5栋灯不亮，2.6栋下水堵了', ['5栋灯不亮', '6栋下水堵了']],
    ['1 楼道灯坏了\n2 垃圾没人收', ['楼道灯坏了', '垃圾没人收']],
    ['1、9栋门口有狗屎 2、9栋楼顶漏雨', ['9栋门口有狗屎', '9栋楼顶漏雨']],
    ['①楼道灯坏了②垃圾没人收', ['楼道灯坏了', '垃圾没人收']],
    ['（一）楼道灯坏了；（二）垃圾没人收', ['楼道灯坏了', '垃圾没人收']],
    ['一是楼道灯坏了，二是垃圾没人收', ['楼道灯坏了', '垃圾没人收']],
    ['第一，楼道灯坏了。第二，垃圾没人收', ['楼道灯坏了', '垃圾没人收']],
  ])('%s', (text, items) => expect(countedIn(text)?.items).toEqual(items));

  test('what stands before the first belongs to all', () =>
    expect(countedIn('我们8栋有两件事：1、楼道灯坏了 2、垃圾没人收')?.before).toBe('我们8栋有两件事：'));

  test.each([
    '1、2、3栋都停水了',
    '3.5公里和1.2公里的两条路都坏了',
    '第一次来没修好，第二天又坏了',
    '一、二楼的灯都不亮',
    '1栋灯坏了，2栋也坏了',
    '1 楼灯不亮\n2 楼灯也不亮',
    '1. 楼道灯坏了好久',
    '2. 楼道灯坏了 3. 垃圾没人收',
    '选1. 2.都可以的嘛',
    '1',
  ])('counts nothing: %s', (text) => expect(countedIn(text)).toBeUndefined());

  test('a flood of numbers is read at once', () => expect(countedIn('1.'.repeat(20_000))).toBeUndefined());
});
