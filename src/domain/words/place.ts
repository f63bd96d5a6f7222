import { readNumeral } from './numeral.ts';

/**
 * A place that was told, in fields; each is there as far as it was said. Letters are small, numerals are figures: "Ａ３栋二單元" and
 * "a3幢2单元" have the same fields.
 */
export interface Place {
  /** As it was written, in plain letters and simplified characters. */
  readonly text: string;
  /** The name of a compound: the community's own name for it, else as written. */
  readonly compound?: string;
  /** A part of a compound: "2期", "b区", "东苑". */
  readonly part?: string;
  /** "3", "东3", "a3"; several as "1-5" or "1、3". */
  readonly building?: string;
  readonly unit?: string;
  readonly floor?: string;
  readonly room?: string;
  /** A road; of a crossing both, as "人民路×建设路". */
  readonly road?: string;
  /** The number of a house in its road; of one that was built beside it, "18号附1". */
  readonly house?: string;
  readonly landmark?: string;
  /** 门口, 楼道, 对面: where at it. */
  readonly spot?: string;
}

type Field = Exclude<keyof Place, 'text'>;

/** A thing of the community with its name and the other names that people have for it. */
export interface NamedPlace {
  readonly name: string;
  readonly also: readonly string[];
}

/** The community's compounds, roads and landmarks (data/places.yaml). */
export interface PlaceNames {
  readonly compounds: readonly NamedPlace[];
  readonly roads: readonly NamedPlace[];
  readonly landmarks: readonly NamedPlace[];
}

/** Reads places with the names of one community. */
export interface PlaceReader {
  /** The places that a text tells of, in its order. Work is bounded, whatever the length. */
  all(text: string): readonly Place[];
  /** The one that says most. */
  find(text: string): Place | undefined;
}

/** More of a text is not searched. */
const readAtMost = 1000;
/** The places of a text, and the one that says most. */
interface Known {
  readonly all: readonly Place[];
  readonly best: Place | undefined;
}

/** The places of so many texts are remembered. */
const remembered = 5000;

const numeral = '(?:\\d{1,4}|[一二三四五六七八九十百零〇]{1,4})';
const oneBuilding = `(?:[A-Za-z][-]?${numeral}|${numeral}[A-Za-z]?|[A-Za-z])`;
const spots =
  '(?:[东西南北前后侧大正]门口?|单元门口?|大门口?|门口|门前|楼下|楼上|下面|上面|楼道里?|楼梯间|楼梯口|楼梯|楼顶|过道|走廊|天台|电梯口|电梯|地下室|地下车库|车库|旁边|旁|边上|隔壁|对面|背后|后面|前面|前头|后头|里面|外面|外头|里头|中间|之间|侧边|拐角处?|转角处?|那里|那边|那点|围墙边?|花坛边?|底下)';
const spot = `(?:\\s*(?:的\\s*)?(?<spot>${spots}))?`;
const gap = '[\\s,，]*(?:的\\s*)?';

/** 和 between two names; not that of 和平路 or 和园. */
const and = '和(?![平谐美顺兴园苑府](?!安))';
/** Words after which a name may begin. They are part of no name. */
const before = [
  '我们组?|咱们|你们|他们|我家|本人|居民|业主|我|住在|家住|住|在|位于|到|从|去(?!年)|克|往|沿|走|过|靠近|靠|路过|经过|挨着|是|系|就是|叫|关于|由|对',
  '去年|今年|前年|[一二三四五六七八九十腊冬]月|今天|今早|昨天|昨晚|昨夜|前天|最近|现在|刚才|刚刚|早上|上午|中午|下午|晚上|夜里|半夜|凌晨|天天|每天|这[几两些]天|这段时间|以前|原来|平时|附近|这边|那边',
  `反映|投诉|举报|请问|您好|你好|师傅|还有|另外|对了|应该|其实|${and}|与|跟|及|哦|嗯|喔|地址|地点|位置`,
  '省|市|县|镇|乡|街道|社区|路|街(?!道)|大道|号',
].join('|');
/** What no name holds. */
const never = `[的了是在没不很就这那哪我你他她它们个些么吗呢吧啊嘛哦噻被把让给请想要说看有着过到从住去往沿对爸妈系\\d\\s\\p{P}]|(?<![前先奋跃])进|走(?!马)|比较|有点|非常|可以|考虑|已经|所有|整个|全部|每|条|还有|另外|希望|建议|今天|今早|昨[天晚夜]|前天|最近|现在|刚[才刚]|早上|上午|中午|下午|晚上|夜里|半夜|凌晨|天天|以前|原来|平时|附近|反映|投诉|举报|请问|[您你]好|靠近|位于|路过|经过|本人|居民|业主|应该|其实|哪个|安静|老旧|普通|高档|商业|住宅|拓宽|整治|管理|物业|地址|地点|位置|${and}`;
const nameOf = (atLeast: number, atMost: number) => `(?:(?!${never})\\p{Script=Han}){${atLeast},${atMost}}?`;
const begins = `(?<=^|[\\s\\p{P}\\p{S}]|${before})`;
const compoundEnd =
  '(?:花园|家园|公寓|新村|新城|安置[房点区]|廉租房|公租房|宿舍楼?|家属[院区]|华庭|豪庭|公馆|大厦|棚户区|苑)(?:小区)?|小区';
/** What makes a name one of a compound only where its building follows: "银杏园10栋", "世纪城B区". */
const estateEnd =
  '(?:(?<!公|校|果|菜|乐|儿|业)园|(?<![进商县省市全])城|(?<!政)府|(?<![家法])庭|(?<!邻)居|(?<![医法学住出])院|[湾郡轩阁岛邸]|江南|国际|时代|世家|天地|天下|[一壹]号|方舟|山庄|庄园)';
/** Builders whose name stands first in that of a compound: "保利9栋", "中天未来方舟E4组团". */
const builder = '(?:保利|万科|中天|恒大|碧桂园|绿地|中海|华润|融创|龙湖|世茂|金科|远大|宏立城|花果园|未来方舟)';
/** A road that is one: not 走路, 活路, 线路, 马路 or 大街. */
const roadEnd =
  '(?:(?<![道马公铁小线电思活走迷绕跑赶出回水问修堵挡让过这那条段半上下大网套门认管里感])路(?![灯过线])|(?<![逛上大扫步])街(?!道)|(?<![小进出])巷子?|大道)';
const landmarkEnd =
  '(?:菜市场|菜场|农贸市场|市场|活动中心|服务中心|养老院|敬老院|小卖部|小卖铺|便利店|卫生室|驿站|门卫室|凉亭|幼儿园|学校|小学|中学|医院|卫生院|卫生站|公交站|站台|广场|公园|体育场|体育馆|运动场|足球场|图书馆|文化馆|超市|药店|银行|停车场|垃圾房|垃圾站|垃圾池|公厕|河边|桥头|桥下|社区|居委会|篮球场|活动室|保安亭|健身区|天桥|十字路口|红绿灯|变电站|加油站|客运站|火车站|车站|邮局|供销社|饭店|饭馆|餐馆|面馆|粉馆|酒店|宾馆|旅馆|网吧|药房|诊所|理发店|菜鸟驿站)';
const landmarkSpot =
  '(?:门口|[东西南北正后大]大?门口?(?:外头|外面|外)?|[东西南北]头|[东西南北][边侧面]|旁边|旁|隔壁|对面|后面|后头|前面|前头|背后|里面|里头|里|外面|外头|外|那里|那边|那点|那一圈|边上|边边|侧边|对过|斜对面|脚下|脚脚|楼下|楼上|底下|路口|(?<=[场园厂])边|(?<=[场园])头)';
/** Of these there is one, or it has a name of its own: it is a place whatever is said of where in it. */
const knownOnes =
  '(?:体育场|体育馆|体育中心|图书馆|文化馆|[区市县州](?:人民|中)?医院|(?:人民|妇幼|中)医院)(?!看病|住院|上班|检查|报销|缴费|做|开[的了具]|的?(?:医生|护士|发票|病历|证明|报告))';

const nameLike = new RegExp(`^(?:(?!${never})\\p{Script=Han}){1,8}$`, 'u');

/** Whether words may be the name of something: none of them does or asks anything. */
export function mayBeNamed(words: string): boolean {
  return nameLike.test(words);
}

/** A name at an end of a stretch ("加油站到天桥那段"), and no time. */
const stretchEnd = `(?:(?!${never}|周|星期|[点月年日号岁级]|天(?!桥))\\p{Script=Han}){2,7}`;

/** The fields of which a pattern has several groups. */
const fieldOf: Readonly<Record<string, Field>> = { estate: 'compound', unitOnly: 'unit', roomToo: 'room', unitToo: 'unit' };

const unit = `(?<unit>\\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z]|[东西左右中])\\s*单元`;
const floor = `(?:\\s*(?<floor>负?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})|顶|底)\\s*(?:楼|层)(?![道梯]))?`;
const room = `(?:\\s*(?<room>\\d{3,4})(?![\\d元块年月*]|天(?![花井台棚]))(?:\\s*(?:室|号|房))?)?`;
const inUnit = `${floor}${room}${spot}`;

/** Makes the reader of a community's places. `simplify` turns traditional characters into simplified ones. */
export function placeReader(names: PlaceNames, simplify: (text: string) => string): PlaceReader {
  const compounds = called(names.compounds);
  const roads = called(names.roads);
  const landmarks = called(names.landmarks);
  const proper: Partial<Record<Field, ReadonlyMap<string, string>>> = { compound: compounds, road: roads, landmark: landmarks };
  const patterns = patternsWith(alternatives(compounds), alternatives(roads), alternatives(landmarks)).map(
    (source) => new RegExp(source, 'gu'),
  );
  const known = new Map<string, Known>();
  const search = (text: string): readonly Place[] => {
    const plain = simplify(text.slice(0, readAtMost).normalize('NFKC'));
    const found = patterns.flatMap((pattern) =>
      Array.from(plain.matchAll(pattern), (match) => ({
        at: match.index,
        end: match.index + match[0].length,
        place: placeOf(match, proper),
      })),
    );
    // Of places that overlap the longer counts.
    const longest = found.sort((a, b) => b.end - b.at - (a.end - a.at) || a.at - b.at);
    const kept: typeof found = [];
    for (const each of longest) if (!kept.some(({ at, end }) => each.at < end && each.end > at)) kept.push(each);
    return kept.sort((a, b) => a.at - b.at).map(({ place }) => place);
  };
  // A message is asked for its places several times, and so is each case that it may be about.
  const read = (text: string): Known => {
    const before = known.get(text);
    if (before) return before;
    if (known.size >= remembered) known.clear();
    const all = search(text);
    const best = all.reduce<Place | undefined>((most, each) => (most && weightOf(most) >= weightOf(each) ? most : each), undefined);
    const places = { all, best };
    known.set(text, places);
    return places;
  };
  return { all: (text) => read(text).all, find: (text) => read(text).best };
}

function patternsWith(knownCompound: string, knownRoad: string, knownLandmark: string): string[] {
  const compound = `(?<compound>${knownCompound}|${begins}${nameOf(1, 7)}(?:${compoundEnd}))`;
  // Its name may be one of a compound for the building alone.
  const estate = `(?:${compound}|(?<estate>(?=\\p{Script=Han}{1,11}[\\s,，的]{0,3}[\\dA-Za-z第东西南北中一二三四五六七八九十])${begins}(?:${nameOf(1, 6)}${estateEnd}|${builder}(?:${nameOf(1, 6)})?)))`;
  const road = `(?<road>${knownRoad}|${begins}${nameOf(1, 5)}${roadEnd})`;
  const house = '(?:\\s*(?<house>\\d{1,4}(?:号附\\d{1,3})?)号(?![楼线])|[东西南北中]段)?';
  const part = `(?<part>(?:第?[A-Za-z]?${numeral}|[A-Za-z]|[东西南北中])(?:期|区|组团)|[东西南北中]苑)`;
  const buildingEnd = '(?:号楼|[栋幢](?!(?<=一.)(?:楼|房|别墅|大楼))|#楼?|(?<!一)座(?![桥山城楼大房厕塔坟]))';
  // "南4号楼" has its side in its name, "锦绣江南4号楼" has not; "右手边第一栋" counts.
  const oneOrMore = `(?:(?=[东西南北中])(?:${begins}|(?<=${compoundEnd}|${estateEnd}|[期区]))[东西南北中])?${oneBuilding}(?:(?:[-—~至到、,，和]|${buildingEnd}[和与跟到、]?)${oneBuilding}){0,6}`;
  const building = `(?<![\\dA-Za-z*])(?<![有那这整每同另几数]\\s?(?=一))(?<![边面手头排去来]第)(?<building>${oneOrMore})\\s*${buildingEnd}`;
  const within = `(?:\\s*${unit}|\\s*(?<unitToo>\\d{1,2})[-—](?<roomToo>\\d{3,4})(?!\\d))?`;
  return [
    `(?:${road}${house}\\s*)?(?:${estate}${gap})?(?:${part}${gap})?${building}${within}${inUnit}`,
    `(?:${estate}${gap})?(?:${part}${gap})?(?<![\\dA-Za-z*])${unit.replace('<unit>', '<unitOnly>')}${inUnit}`,
    `(?:${road}${house}\\s*)?${compound}(?:${gap}${part})?(?:\\s*(?<room>\\d{3,4})(?![\\d元块年月*]|天(?![花井台棚]))号?)?${spot}`,
    `(?:${estate}${gap})?${part}(?=的|$|[\\s\\p{P}])${spot}`,
    `(?:${estate}${gap})?(?<![\\d*-])(?<building>\\d{1,2})-(?<unit>\\d{1,2})-(?<room>\\d{3,4})(?![\\d-])${spot}`,
    `(?<![\\d-])(?<=^|[住在])(?<building>\\d{1,2})-(?<unit>\\d{1,2})(?=\\s(?![天个年月周日层楼次点号人块元岁])\\p{Script=Han}|[,，]|\\s*(?:[\\d一二三四五六七八九十]{1,3}[楼层]|${spots}))${floor}${spot}`,
    `${road}\\s*(?:和|与|跟|、)\\s*(?<other>${knownRoad}|${nameOf(1, 5)}${roadEnd})(?:的?(?:交叉|交汇|十字)?路?口)?${spot}`,
    `${road}${house}(?:的?(?:十字|丁字|交叉)?路?口)?(?:上|中间|边(?!上))?${spot}`,
    `(?<landmark>${knownLandmark})(?:\\s*(?:的\\s*)?(?<spot>${landmarkSpot}))?`,
    `(?:${road}${house}(?:\\s{0,2}(?:那[个家]|上|的)|\\s)\\s?)?(?<landmark>(?:(?:${begins}|(?<=那[个家]|路上?))${nameOf(1, 6)})?${landmarkEnd})\\s*(?:的\\s*)?(?<spot>${landmarkSpot})`,
    `(?:${road}(?:\\s?(?:上|的)|\\s)\\s?)?(?<landmark>(?:${begins}|(?<=路上?))${stretchEnd}到${stretchEnd}(?:的?[那这]?一?[段截](?![时日])|之间|中间))`,
    `(?<landmark>${begins}(?:${nameOf(1, 4)})?${knownOnes})(?:\\s*(?:的\\s*)?(?<spot>${landmarkSpot}))?`,
    `(?<landmark>十字路口|大门|后门|保安亭)(?:\\s*(?:的\\s*)?(?<spot>${landmarkSpot}))`,
    `(?<landmark>${begins}(?:[东西南北正侧]门|[一二三四五六1-6]号门))(?:\\s*(?:的\\s*)?(?<spot>${landmarkSpot}|口))?(?![票诊窗板])`,
  ];
}

/** Every name, also the other ones, with the one that counts. */
function called(named: readonly NamedPlace[]): ReadonlyMap<string, string> {
  return new Map(named.flatMap(({ name, also }) => [name, ...also].map((each): [string, string] => [each, name])));
}

/** Any of these names, longest first; something that never fits when there are none. */
function alternatives(names: ReadonlyMap<string, string>): string {
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  return longestFirst.length === 0 ? '(?!)' : longestFirst.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
}

function placeOf(match: RegExpExecArray, proper: Partial<Record<Field, ReadonlyMap<string, string>>>): Place {
  const place: Partial<Record<keyof Place, string>> = {};
  for (const [group, said] of Object.entries(match.groups ?? {})) {
    if (said === undefined || group === 'other') continue;
    const field = fieldOf[group] ?? (group as Field);
    place[field] = proper[field]?.get(said) ?? plain(said, field);
  }
  const other = match.groups?.other;
  if (other !== undefined) place.road = [place.road ?? '', proper.road?.get(other) ?? other].sort().join('×');
  return { ...place, text: match[0].trim() };
}

/** A field without what may be written in many ways: numerals in figures, small letters. */
function plain(said: string, field: Field): string {
  if (field === 'compound') return said.replace(/(?<=花园|家园|公寓|新村|新城|苑)小区$/u, '');
  if (!['part', 'building', 'unit', 'floor'].includes(field)) return said;
  return said
    .toLowerCase()
    .replace(/[一二三四五六七八九十百零〇]+/gu, (number) => {
      const value = readNumeral(number);
      return Number.isNaN(value) ? number : String(value);
    })
    .replace(/\s|第|(?<=[a-z])-(?=\d)/gu, '')
    .replace(/(?:号楼|[栋幢座]|#楼?)([和与跟到、]?)/gu, (_, joint: string) => joint || '、')
    .replace(/[—~至到]/gu, '-')
    .replace(/[,，和与跟]/gu, '、');
}

/** How much a place says: each field counts more than any number of words. */
function weightOf({ text, ...fields }: Place): number {
  return 100 * Object.keys(fields).length + (fields.building === undefined ? 0 : 50) + text.length;
}

/** The building that a place lies in, with its compound as far as it was told ("阳光花园二期三栋2单元" → "阳光花园2期3栋"). */
export function buildingOf(place: string, places: PlaceReader): string | undefined {
  const found = places.find(place);
  return found && buildingName(found);
}

/** What a place is counted under. */
export interface Area {
  readonly name: string;
  readonly isBuilding: boolean;
}

/** Each place that was read is asked for its area as often as somebody reports something anywhere. */
const areas = new WeakMap<Place, Area | undefined>();

/** The area that a place is counted under: its building; without one its landmark, its road or its compound. */
export function areaOf(place: string, places: PlaceReader): Area | undefined {
  const found = places.find(place);
  if (!found || areas.has(found)) return found && areas.get(found);
  const area = areaIn(found);
  areas.set(found, area);
  return area;
}

function areaIn(found: Place): Area | undefined {
  const building = buildingName(found);
  if (building !== undefined) return { name: building, isBuilding: true };
  const name = found.landmark ?? found.road ?? found.compound;
  return name === undefined ? undefined : { name, isBuilding: false };
}

function buildingName({ compound = '', part = '', building }: Place): string | undefined {
  return building === undefined ? undefined : `${compound}${part}${building.toUpperCase()}栋`;
}

/** Whether two places surely are of different buildings: what most others are, and what is known soonest. */
export function inOtherBuilding(one: string, other: string, places: PlaceReader): boolean {
  const [a, b] = [places.find(one)?.building, places.find(other)?.building];
  return a !== undefined && b !== undefined && !sameBuilding(a, b);
}

/** Whether two places are the same spot, as far as they were told: no field that both tell differs, and they tell the same thing. */
export function samePlace(one: string, other: string, places: PlaceReader): boolean {
  const [a, b] = [places.find(one), places.find(other)];
  if (!a || !b) return sameWords(one, other);
  if (a.building !== undefined && b.building !== undefined && !sameBuilding(a.building, b.building)) return false;
  const differs = (['compound', 'part', 'unit', 'road', 'house', 'landmark'] as const).some(
    (field) => a[field] !== undefined && b[field] !== undefined && a[field] !== b[field],
  );
  if (differs) return false;
  if (a.building !== undefined && b.building !== undefined) return true;
  if (a.building !== undefined || b.building !== undefined) return a.compound !== undefined && a.compound === b.compound;
  // Every building has a first unit: alone it tells no spot.
  return (['compound', 'road', 'landmark'] as const).some((field) => a[field] !== undefined && a[field] === b[field]);
}

/** Whether a place lies in an area, as far as both were told: whatever the area tells the place tells too ("1-5栋" holds "3栋2单元"). */
export function isWithin(place: string, area: string, places: PlaceReader): boolean {
  const [a, b] = [places.find(area), places.find(place)];
  if (!a || !b) return false;
  const { text: _, spot: __, building, ...told } = a;
  if (building !== undefined && (b.building === undefined || !sameBuilding(building, b.building))) return false;
  return (Object.keys(told) as Field[]).every((field) => told[field as keyof typeof told] === b[field]);
}

/** Whether nothing but a part of a house was told ("3单元", "五楼"): every house has one. */
export function isPartOfHouse({ building, compound, part, road, landmark }: Place): boolean {
  return [building, compound, part, road, landmark].every((field) => field === undefined);
}

/** How closely an area is told: how many fields it has; of one with a building, or none. */
export function closenessOf(area: string, places: PlaceReader): { readonly fields: number; readonly building: boolean } {
  const { text: _, spot: __, ...told } = places.find(area) ?? { text: '' };
  return { fields: Object.keys(told).length, building: told.building !== undefined };
}

/** "1-5" holds "3", "1、3" holds it too. */
function sameBuilding(one: string, other: string): boolean {
  if (one === other) return true;
  if (isOne(one) && isOne(other)) return false;
  const [a, b] = [buildingsOf(one), buildingsOf(other)];
  return a.some((building) => b.includes(building));
}

const isOne = (building: string) => !building.includes('-') && !building.includes('、');

function buildingsOf(building: string): string[] {
  return building.split('、').flatMap((each) => {
    const [, from, to] = /^(\d{1,4})-(\d{1,4})$/.exec(each) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === undefined || last < first || last - first > 50) return [each];
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  });
}

function sameWords(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)];
  return a === b ? a !== '' : Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a));
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}]/gu, '');
}

/**
 * Under which name a place is counted: its building, or the first of the given names that is the same spot, or its own words. Room
 * numbers are left out with what follows the building.
 */
export function spotOf(place: string, names: Iterable<string>, places: PlaceReader): string {
  const building = buildingOf(place, places);
  if (building !== undefined) return building;
  for (const name of names) if (samePlace(name, place, places)) return name;
  return place.replace(/\s+/g, ' ').trim();
}
