import { isPartOfHouse, type Place, type PlaceReader, samePlace } from './place.ts';

/** As written: through the building, through the unit. */
const throughBuilding =
  /^.{0,60}?(?:号楼|[栋幢座]|#楼?)(?:[和与跟到、]?[A-Za-z]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[A-Za-z]?(?:号楼|[栋幢座]|#楼?))*/u;
const throughUnit = /^.{0,60}?单元/u;
const building = /(?:[A-Za-z]-?)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4}|[A-Za-z])(?=\s*(?:号楼|[栋幢座]|#))/u;

/**
 * A place with what was told of it later: "8栋" and "3单元那边" are "8栋3单元那边", "荷泉小区" and "2栋门口" "荷泉小区2栋门口", "8栋" and "凤凰小区"
 * "凤凰小区8栋". Undefined where the later one is a place of its own, or the earlier one none.
 */
export function narrowed(was: string, told: string, places: PlaceReader): string | undefined {
  const [a, b] = [places.find(was), places.find(told)];
  if (!a || !b) return undefined;
  if (isPartOfHouse(b)) return `${headFor(a, b)}${told}`;
  const isBuilding = b.building !== undefined && [b.compound, b.part, b.road, b.landmark].every((field) => field === undefined);
  if (isBuilding && a.building === undefined && (a.compound ?? a.road) !== undefined) return `${a.text}${told}`;
  // Another building, of the same compound where none is named: "荷泉小区3栋" and "5栋".
  const stood = isBuilding && a.compound !== undefined ? building.exec(a.text) : null;
  if (stood) return `${a.text.slice(0, stood.index)}${told}`;
  const isCompound = b.compound !== undefined && b.building === undefined && b.unit === undefined;
  if (isCompound && a.compound === undefined && a.building !== undefined) return `${b.text}${was}`;
  return undefined;
}

/** What stays of a place before a part of its house. */
function headFor(a: Place, { unit }: Place): string {
  if (a.building === undefined) return a.unit === undefined ? a.text : '';
  const inUnit = unit === undefined ? throughUnit.exec(a.text) : null;
  return (inUnit ?? throughBuilding.exec(a.text) ?? [`${a.text} `])[0];
}

/** The place that is wrong stands behind these words ("不是6栋", "说成9栋了") or before those ("12栋不对", "16栋是我妈家"). */
const denies = /(?:不是|不在|[说写打报讲弄搞填发当]成|我(?:刚才?)?[写说报打](?:的|成)?)(?:是|了)?$/u;
const denied = /^\s*(?:是)?(?:不对|错|我?(?:[写说打报]错)|是我?(?:[妈爸婆爷奶哥姐弟妹岳亲朋]|老))/u;
/** The right place stands behind these: "改一下是4单元", not "3栋把车库改成住房". */
const changes = /改(?:一?下|哈|正)?(?:地[点址])?[,，:：\s]*(?:是|为|成|到|在)?$/u;
const slip = /[搞说写打弄讲报记填发]错|错[了咯]|[说写打报讲弄搞填发]成|地[址点](?:错|不对)|不对[不,，。\s]|^不对/u;
/** What is longer tells a story in which places stand. */
const longest = 60;

/**
 * The place that a text says was meant instead of the one told before: "说错了 6栋", "12栋不对 应该是2栋", "我写的16栋是我妈家 我家18栋". Of a house with
 * unit and room of which only the building was wrong the rest stays. Undefined where nothing is put right.
 */
export function placeMeant(text: string, was: string, places: PlaceReader): string | undefined {
  if (text.length > longest) return undefined;
  const named = standing(text, places.all(text));
  const wrong = named.filter(({ before, after }) => denies.test(before.trimEnd()) || denied.test(after));
  const right = named.filter((each) => !wrong.includes(each));
  const found = right.findLast(({ place }) => was === '' || !isSame(place.text, was, places));
  if (!found || (wrong.length === 0 && !slip.test(text) && !changes.test(found.before.trimEnd()))) return undefined;
  const other = found.place;
  return (isPartOfHouse(other) ? narrowed(was, other.text, places) : undefined) ?? asBefore(was, other, places);
}

/** Each place with the text around it. */
function standing(text: string, all: readonly Place[]): { place: Place; before: string; after: string }[] {
  let from = 0;
  return all.map((place) => {
    const at = Math.max(from, text.indexOf(place.text, from));
    from = at + place.text.length;
    return { place, before: text.slice(0, at), after: text.slice(from) };
  });
}

function isSame(one: string, other: string, places: PlaceReader): boolean {
  const [a, b] = [places.find(one), places.find(other)];
  return samePlace(one, other, places) && a?.unit === b?.unit && a?.room === b?.room;
}

/** Another building, with the compound before it and the unit and room behind it where only they were told before. */
function asBefore(was: string, { text, ...told }: Place, places: PlaceReader): string {
  const before = places.find(was);
  const stood = before && building.exec(before.text);
  if (!before || !stood || told.building === undefined || told.road !== undefined || told.landmark !== undefined) return text;
  const head = told.compound === undefined && told.part === undefined ? before.text.slice(0, stood.index) : '';
  // "13栋背后" tells itself where: nothing of the old one stands behind it.
  const isBuildingAlone = throughBuilding.exec(text)?.[0] === text;
  const [through = ''] = throughBuilding.exec(before.text) ?? [];
  return `${head}${text}${isBuildingAlone ? before.text.slice(through.length) : ''}`;
}
