/** The hundred most frequent surnames (公安部《二〇二〇年全国姓名报告》), some more of the southwest, and those of two characters that are still met. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤冉安冷申代聂晏';
const twofold = '欧阳|司马|上官|诸葛|令狐|皇甫|尉迟|公孙|慕容|司徒|夏侯|端木|东方|独孤|南宫';
const titles =
  '先生|女士|小姐|同志|老师|师傅|医生|大爷|大伯|伯伯|叔叔?|大叔|爷爷|奶奶|婆婆|公公|阿姨|大妈|大娘|大姐|大哥|哥|姐|孃孃?|嬢嬢?|妈妈?|爸爸?|老伯|老太|家长';

/** "我姓王", "免贵姓王", "叫我李姐就行", "我叫王芳", "3栋的王大爷": what somebody says to be called. */
const introduced = /^(?:我就?|本人)?(?:姓|叫做?|名叫|是)(?:[^\s姓叫是]{1,8}的)?([\p{Script=Han}·]{1,6})$/u;
const called = /^(?:就|您|你)?(?:叫|喊|称呼)我([\p{Script=Han}·]{1,6})$/u;
const titled = new RegExp(`^(?:我是)?(?:[^\\s]{1,8}的)?([\\p{Script=Han}]{1,3}(?:${titles}))$`, 'u');
const ending = /(?:吧|就行了?|就好了?|就可以了?|得了|哈|嘛|呢|啊){1,6}$/u;
const surnameOnly = /^(?:我就?|本人|免贵|敝|鄙人)?(?:免贵)?姓([\p{Script=Han}]{1,2})$/u;

/** What is said to the question of how to call somebody, and is a name by how it begins: "王", "王芳", "老王", "欧阳". */
const bare = new RegExp(`^(?:[老小阿][${surnames}]|[${surnames}][\\p{Script=Han}]{0,2}|(?:${twofold})[\\p{Script=Han}]{0,2})$`, 'u');
const compound = new RegExp(`^(?:${twofold})$`, 'u');
/** What no name holds. */
const common = /[了的吗嘛不没么咋是在有好就都还要去来说谢事行可以话灯水电路点]/u;

const longest = 16;
/** What follows "是" or "叫" and is nobody's name. */
const noNames =
  /^(?:的|啊|这样|这个|那个|什么|啥|谁|哪|不|没|居民|业主|租户|住户|党员|残疾|老人|外地|本地|.*(?:了|的|吗|嘛|不|没|怎么|咋))/u;

/**
 * What somebody wants to be called, as they say it; of several things ("姓王，叫我老王") the last.
 * @param asked it was asked just now, so that a bare name is one
 * @returns undefined where it is no such thing: "低保", "是的", "王家坝3栋漏水"
 */
export function formOfAddress(text: string, asked = false): string | undefined {
  const said = text.normalize('NFKC').slice(0, 2 * longest);
  const clauses = said.split(/[。，,.！!~～；;]/u).flatMap((clause) => plain(clause) || []);
  const names = clauses.map((clause) => nameIn(clause, asked));
  return names.includes(undefined) ? undefined : names.at(-1);
}

/** Whether what somebody is called is a surname and nothing else: nobody is called so to their face. */
export function isSurname(name: string): boolean {
  return name.length === 1 || compound.test(name);
}

const plain = (clause: string) => clause.replace(/\s/g, '').replace(ending, '');

function nameIn(said: string, asked: boolean): string | undefined {
  if (said.length > longest) return undefined;
  const name = [surnameOnly, called, titled, introduced].map((shape) => shape.exec(said)?.[1]).find((found) => found !== undefined);
  if (name !== undefined) return noNames.test(name) ? undefined : name;
  return asked && bare.test(said) && !common.test(said) ? said : undefined;
}
