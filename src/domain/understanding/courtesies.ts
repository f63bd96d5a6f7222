const greeting =
  /^(?:尊敬的?[^，,：:！!。\s]{1,12}[，,：:！!\s]*|(?:您|你)们?好[，,！!。\s]*|(?:您|你们|大家)?辛苦了[，,！!。\s]*|各位(?:领导|邻居|老师)[^，。]{0,6}[，,：:！!\s]*|首先感谢[^。！!？?]{0,40}[。！!]\s*|(?:首先|先)?(?:非常|十分)?感谢[^，,。！!]{0,24}(?:平台|机会|百忙|关心|工作)[^，,。！!]{0,12}[，,。！!]\s*|(?:反映|反应|投诉|举报|求助)?(?:问题|情况|事由|标题)?[:：]\s*)+/u;
const closing =
  /(?:(?:万分|非常|十分)?感谢[！!。]*|谢谢[！!。]*|此致[\s\S]{0,4}敬礼[！!。]?|盼复[。！!]*|(?:敬请|恳请)?回复[。！!]*){1,9}$/u;

/** A message without the greeting before and the thanks behind it; the whole when nothing else is said. */
export function withoutCourtesies(text: string): string {
  const rest = text.replace(greeting, '').replace(closing, '').trim();
  return rest === '' ? text : rest;
}

/** Shorter, thanks may be all that is said. */
const letter = 24;

/** What is read of a message for its topic: what is not said to whom, and of a letter, what is not courtesy. */
export function matterOf(text: string): string {
  const said = withoutAddress(text);
  const rest = withoutCourtesies(said);
  return rest.length < letter ? said : rest;
}

/** Whom they speak to, set apart from what they say. */
const address =
  /^(?:[喂哎唉嘿诶欸嗨哈]{1,3}[啊呀嘞\s，,！!]*)?(?:妹儿|妹妹|妹子|小妹|幺妹|小桥|同志|领导|老师|主任|书记|客服|亲)(?:[们些]|[啊呀嘞哈嘛吔诶]){0,2}[\s，,！!。]+(?=.{4})/u;

/** A message without whom it speaks to: who is frightened speaks to "妹儿", who asks to "老师", and either would be learnt for a sign. */
export function withoutAddress(text: string): string {
  return text.replace(address, '');
}
