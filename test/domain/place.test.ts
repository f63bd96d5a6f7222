import { describe, expect, test } from '@jest/globals';
import { buildingOf, type Place, samePlace, spotOf } from '../../src/domain/words/place.ts';
import { places } from '../support/places.ts';

/** What is said, and the fields that are read from it. */
const told: readonly (readonly [string, Place])[] = [
  ['阳光花园小区3栋2单元的灯', { text: '阳光花园小区3栋2单元', compound: '阳光花园', building: '3', unit: '2' }],
  ['丽发新城小区8栋没电', { text: '丽发新城小区8栋', compound: '丽发新城', building: '8' }],
  ['白云小区的3栋', { text: '白云小区的3栋', compound: '白云小区', building: '3' }],
  [
    '我住在翠湖花园二期十二栋一单元三楼',
    { text: '翠湖花园二期十二栋一单元三楼', compound: '翠湖花园', part: '2期', building: '12', unit: '1', floor: '3' },
  ],
  ['东3栋', { text: '东3栋', building: '东3' }],
  ['B区2栋', { text: 'B区2栋', part: 'b区', building: '2' }],
  ['2B栋电梯', { text: '2B栋电梯', building: '2b', spot: '电梯' }],
  ['1008栋1单元楼道', { text: '1008栋1单元楼道', building: '1008', unit: '1', spot: '楼道' }],
  ['A3栋1单元', { text: 'A3栋1单元', building: 'a3', unit: '1' }],
  ['G1栋', { text: 'G1栋', building: 'g1' }],
  ['5#楼1单元', { text: '5#楼1单元', building: '5', unit: '1' }],
  ['1-5栋都停水', { text: '1-5栋', building: '1-5' }],
  ['5栋2-301', { text: '5栋2-301', building: '5', unit: '2', room: '301' }],
  ['5-1-302', { text: '5-1-302', building: '5', unit: '1', room: '302' }],
  ['3號樓2單元', { text: '3号楼2单元', building: '3', unit: '2' }],
  ['５号楼', { text: '5号楼', building: '5' }],
  ['哦哦 是9栋1单元门口', { text: '9栋1单元门口', building: '9', unit: '1', spot: '门口' }],
  ['哦 那接着说刚才的 就是我们5栋下面', { text: '5栋下面', building: '5', spot: '下面' }],
  ['12栋前头那个', { text: '12栋前头', building: '12', spot: '前头' }],
  ['2单元楼道', { text: '2单元楼道', unit: '2', spot: '楼道' }],
  ['老街24号', { text: '老街24号', road: '老街', house: '24' }],
  ['我们是荷泉路18号附1号的', { text: '荷泉路18号附1号', road: '荷泉路', house: '18号附1' }],
  ['昨天晚上人民路堵了', { text: '人民路', road: '人民路' }],
  ['建设路和人民路交叉口', { text: '建设路和人民路交叉口', road: '人民路×建设路' }],
  ['走在人民路上', { text: '人民路上', road: '人民路' }],
  ['丰泽路口红绿灯坏了', { text: '丰泽路口', road: '丰泽路' }],
  ['黄小正门', { text: '黄小正门', landmark: '黄土坡小学', spot: '正门' }],
  ['万达广场后门', { text: '万达广场后门', landmark: '万达广场', spot: '后门' }],
  ['昨天走丰泽路口过', { text: '丰泽路口', road: '丰泽路' }],
  ['去年丰泽路口也坏过', { text: '丰泽路口', road: '丰泽路' }],
  ['体育馆的厕所堵了', { text: '体育馆', landmark: '体育馆' }],
  ['大妈在体育馆放歌', { text: '体育馆', landmark: '体育馆' }],
  ['体育馆北大门外头有烧烤', { text: '体育馆北大门外头', landmark: '体育馆', spot: '北大门外头' }],
  ['县医院的天桥坏了', { text: '县医院', landmark: '县医院' }],
  ['农贸市场东头的筐子', { text: '农贸市场东头', landmark: '农贸市场', spot: '东头' }],
  ['菜市场头有人卖假货', { text: '菜市场头', landmark: '菜市场', spot: '头' }],
  ['3-2 没电', { text: '3-2', building: '3', unit: '2' }],
  ['住3-2，漏水', { text: '3-2', building: '3', unit: '2' }],
  ['我家在6-1四楼', { text: '6-1四楼', building: '6', unit: '1', floor: '4' }],
  // What makes a name is known by what follows it.
  ['世纪城B区 路灯不亮', { text: '世纪城B区', compound: '世纪城', part: 'b区' }],
  ['滨江一号 8-2-1401', { text: '滨江一号 8-2-1401', compound: '滨江一号', building: '8', unit: '2', room: '1401' }],
  ['保利 9栋水管爆了', { text: '保利 9栋', compound: '保利', building: '9' }],
  ['万科城C6栋楼顶', { text: '万科城C6栋楼顶', compound: '万科城', building: 'c6', spot: '楼顶' }],
  ['下水道臭 银杏园10栋', { text: '银杏园10栋', compound: '银杏园', building: '10' }],
  ['昨晚橡树湾6号楼没电', { text: '橡树湾6号楼', compound: '橡树湾', building: '6' }],
  ['中天未来方舟 E4组团 5栋', { text: '中天未来方舟 E4组团 5栋', compound: '中天未来方舟', part: 'e4组团', building: '5' }],
  ['锦绣江南4号楼电梯', { text: '锦绣江南4号楼电梯', compound: '锦绣江南', building: '4', spot: '电梯' }],
  ['金色年华4号楼', { text: '4号楼', building: '4' }],
  ['我们南4号楼', { text: '南4号楼', building: '南4' }],
  ['和平路18号', { text: '和平路18号', road: '和平路', house: '18' }],
  ['人民路和和平路交叉口', { text: '人民路和和平路交叉口', road: '人民路×和平路' }],
  ['和园 2栋', { text: '和园 2栋', compound: '和园', building: '2' }],
  ['我和平安小区的人', { text: '平安小区', compound: '平安小区' }],
  ['系桂花园小区', { text: '桂花园小区', compound: '桂花园' }],
  ['前进新村3栋', { text: '前进新村3栋', compound: '前进新村', building: '3' }],
  ['8栋和9栋', { text: '8栋和9栋', building: '8、9' }],
  ['5号楼和6号楼之间', { text: '5号楼和6号楼之间', building: '5、6', spot: '之间' }],
  ['3栋4栋都停水', { text: '3栋4栋', building: '3、4' }],
  ['3栋到5栋', { text: '3栋到5栋', building: '3-5' }],
  ['惠民路那个川味饭店后头', { text: '惠民路那个川味饭店后头', road: '惠民路', landmark: '川味饭店', spot: '后头' }],
  ['沙冲南路 加油站到天桥那段', { text: '沙冲南路 加油站到天桥那段', road: '沙冲南路', landmark: '加油站到天桥那段' }],
  // No name of a compound, though one stands before a house.
  ['公园3栋', { text: '3栋', building: '3' }],
  ['邻居3栋', { text: '3栋', building: '3' }],
  ['在医院 3栋', { text: '3栋', building: '3' }],
  ['政府3栋', { text: '3栋', building: '3' }],
  ['漏水 3栋', { text: '3栋', building: '3' }],
  ['保利物业 9栋', { text: '9栋', building: '9' }],
  ['菜市场门口', { text: '菜市场门口', landmark: '菜市场', spot: '门口' }],
];

/** What residents have said that was taken for a place and is none. */
const none = [
  '是一个比较安静的小区',
  '能考虑拓宽道路',
  '没有活路',
  '这点路',
  '我爸迷路了',
  '跟到他绕路',
  '他们太过分',
  '昨天晚上开始的',
  '线路问题',
  '有人偷了灯泡',
  '是没电',
  '我们小区旁边的KTV',
  '小区门口',
  '我们一栋楼都停水',
  '这一栋',
  '每栋',
  '路灯不亮',
  '街道办',
  '马路边',
  '要走一里路',
  '我妈在县医院住院',
  '县医院的发票丢了',
  '社区头的小王',
  '3-2 ',
  '我们3-2赢了',
  '住2-3 天了还没退押金',
  '家住在12-15 天没水',
  '一座桥',
  '送我爸进小区',
  '进大门右手边第一栋',
  '早上到晚上这段时间',
  '周一到周五中间',
  '2026-11-23',
  '我的电话139****1234',
  '贵A12345',
];

describe('what place a text tells of', () => {
  test.each(told)('%s', (text, place) => {
    expect(places.find(text)).toEqual(place);
  });

  test.each(none)('%s: none', (text) => {
    expect(places.find(text)).toBeUndefined();
  });

  test('a text of 7,000 characters is searched only at its beginning', () => {
    expect(places.find(`${'我们这里的路不好走。'.repeat(700)}3栋`)).toBeUndefined();
  });
});

describe('whether two places are the same', () => {
  test.each([
    ['三栋二单元501', '3号楼', true],
    ['3栋1单元', '3栋2单元', false],
    ['1单元楼道', '1单元楼道', false],
    ['阳光花园1单元', '阳光花园1单元', true],
    ['阳光花园3栋', '幸福家园3栋', false],
    ['阳光小区3栋', '阳光花园小区三栋', true],
    ['阳光花园一期3栋', '阳光花园二期3栋', false],
    ['1-5栋', '3栋', true],
    ['1-5栋', '6栋', false],
    ['13栋', '3栋', false],
    ['A3栋', 'a3栋', true],
    ['人民路口', '人民路18号', true],
    ['老街24号', '老街8号', false],
    ['黄小门口', '黄土坡小学对面', true],
    ['亭子那里', '亭子那里的凳子', true],
    ['这里', '那里', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(samePlace(one, other, places)).toBe(same);
  });
});

test('a building is counted with its compound', () => {
  expect(buildingOf('阳光小区三栋2单元501', places)).toBe('阳光花园3栋');
  expect(buildingOf('a3栋', places)).toBe('A3栋');
  expect(buildingOf('菜市场门口', places)).toBeUndefined();
  expect(spotOf('3栋2单元', [], places)).toBe('3栋');
  expect(spotOf('人民路上', ['人民路口'], places)).toBe('人民路口');
});
