const titles =
  '先生|女士|小姐|同志|老师|师傅|医生|大爷|大伯|伯伯|叔叔?|大叔|爷爷|奶奶|婆婆|公公|阿姨|大妈|大娘|大姐|大哥|哥|姐|孃孃?|嬢嬢?|妈妈?|爸爸?|老伯|老太|家长';

/** "我姓王", "叫我李姐就行", "我叫王芳", "3栋的王大爷": what somebody says to be called. */
const introduced = /^(?:我就?|本人)?(?:姓|叫做?|名叫|是)(?:[^\s姓叫是]{1,8}的)?([\p{Script=Han}·]{1,6})$/u;
const called = /^(?:就|您|你)?(?:叫|喊|称呼)我([\p{Script=Han}·]{1,6})$/u;
const titled = new RegExp(`^(?:我是)?(?:[^\\s]{1,8}的)?([\\p{Script=Han}]{1,3}(?:${titles}))$`, 'u');
const ending = /(?:吧|就行了?|就好了?|就可以了?|得了|哈|嘛|呢|啊){1,6}$/u;
const surnameOnly = /^(?:我就?)?姓([\p{Script=Han}]{1,2})$/u;

/**
 * What somebody wants to be called, as they say it.
 * @returns undefined where it is no such thing: "低保", "是的", "王家坝3栋漏水"
 */
export function formOfAddress(text: string): string | undefined {
  const said = text
    .normalize('NFKC')
    .replace(/[\s。，,.！!~～]/g, '')
    .replace(ending, '');
  if (said.length > longest) return undefined;
  const name = [surnameOnly, called, titled, introduced].map((shape) => shape.exec(said)?.[1]).find((found) => found !== undefined);
  return name === undefined || noNames.test(name) ? undefined : name;
}

const longest = 16;
/** What follows "是" or "叫" and is nobody's name. */
const noNames =
  /^(?:的|啊|这样|这个|那个|什么|啥|谁|哪|不|没|居民|业主|租户|住户|党员|残疾|老人|外地|本地|.*(?:了|的|吗|嘛|不|没|怎么|咋))/u;
