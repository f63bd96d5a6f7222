import { describe, expect, test } from '@jest/globals';
import { shippedContent } from '../support/content.ts';

/** How sure the shipped reader is that somebody is in danger: 'none' when it does not even ask. */
function certainty(text: string): 'explicit' | 'unsure' | 'none' {
  return shippedContent().current().understand(text).emergency?.certainty ?? 'none';
}

function kindOf(text: string): string | undefined {
  return shippedContent().current().understand(text).emergency?.kind.id;
}

describe('A danger that is named and present is explicit', () => {
  test.each([
    // fire, gas, current
    ['fire', '我屋头着火咯 快点来人'],
    ['fire', '阁楼起火了 老人还在里面'],
    ['fire', '摩托车充电器爆了 车棚一片火光'],
    ['fire', '二楼窗户在往外冒黑烟'],
    ['fire', '过道里全是浓烟 我带着奶娃下不去'],
    ['gas', '厨房的液化气管子断了 呲呲地往外漏气'],
    ['gas', '楼梯口闻到好重的煤气味'],
    ['carbon-monoxide', '奶奶在屋里烧炭火取暖 现在叫不醒'],
    ['electric', '邻居修洗衣机触电了 手还抓着线'],
    ['electric', '高压线断了掉在菜地里'],
    // illness, injury, birth, poison
    ['medical', '外婆在菜地头昏倒了'],
    ['medical', '有个骑车的大哥突然栽倒 眼睛翻白'],
    ['medical', '弟弟口吐白沫 手脚抽搐'],
    ['medical', '姨妈半边身子突然不能动 嘴巴也歪了'],
    ['medical', '爷爷喘不过气 嘴唇发紫'],
    ['medical', '伤口血流不止 纱布都湿透了'],
    ['medical', '我表姐羊水破了 车还没来'],
    ['medical', '娃儿把一颗花生呛进气管了'],
    ['medical', '姑妈错把除草剂喝下去了'],
    ['medical', '老伴没有呼吸了 求求你们'],
    ['medical', '师傅从三楼架子上摔下来 头上全是血'],
    ['medical', '谁帮我打个120 我站不起来'],
    // suicide
    ['suicide', '我不想活了 你们别劝我'],
    ['suicide', '我表弟说要从桥上跳下去'],
    ['suicide', '姐姐割腕了 地上好多血'],
    ['suicide', '有人坐在十八楼天台边上要跳楼'],
    ['suicide', '他吞了一整瓶安眠药'],
    ['suicide', '同桌给我留了遗书'],
    // violence
    ['family-violence', '我爱人正在打我 门被他堵起'],
    ['family-violence', '隔壁那男的又在打老婆了 她在喊'],
    ['violence', '有人提着砍刀冲进小卖部了'],
    ['violence', '几个小年轻围着一个老头打'],
    ['violence', '小偷正在撬对面的门'],
    ['violence', '我被人绑架了 快报警'],
    ['violence', '广场上有人捅人了'],
    ['violence', '有个男的尾随我到楼道了'],
    // children, the old, the trapped
    ['child', '我女儿放学以后不见了'],
    ['child', '有个女人抱走了我家宝宝'],
    ['child', '小朋友爬到十楼阳台外面去了'],
    ['trapped', '我们被困在电梯里 有个孕妇'],
    ['trapped', '电梯坏在八楼 我妈关在里面出不来'],
    ['trapped', '爷爷掉进窨井里了'],
    ['trapped', '工地塌方 下面有工人被埋'],
    ['missing', '家里老人走失了 有老年痴呆'],
    ['drowning', '有个男孩掉进水库了'],
    ['drowning', '堂哥溺水了 在河边'],
    ['traffic', '小区门口有车撞人了 人躺着不动'],
    // fraud
    ['fraud', '我刚刚把三万块转给骗子了'],
    ['fraud', '我妈正在给骗子转账 劝不住'],
    // nature, animals, cries
    ['hazard', '泥石流下来了 我们村'],
    ['hazard', '对面房子塌了 里头住得有人'],
    ['hazard', '疯狗追着咬人 已经咬了两个'],
    ['hazard', '救命啊 快来人'],
  ])('%s: %s', (_, text) => {
    expect(certainty(text)).toBe('explicit');
  });
});

describe('A danger that is hinted at is at least asked about', () => {
  test.each([
    '他不动了 你们快来',
    '怎么喊都喊不应',
    '有人躺在地上',
    '味道呛得很 头晕',
    '厨房有股臭鸡蛋味',
    '爷爷脸色煞白 不说话',
    '我心慌胸闷得很',
    '这日子我撑不下去了',
    '有点想不开',
    '我听到楼上有女人尖叫',
    '客厅有动静 我不敢出声',
    '门口打架了',
    '电梯卡住了 停在半中间',
    '妈妈走了以后我活得好累',
    '鱼刺卡在喉咙里',
    '插座那里有股糊味 电线发烫',
    '女儿一晚上没回来 联系不上',
    '家里进了一条蛇',
    '我好像被骗了 钱刚转过去',
    '墙歪了 看着要垮',
  ])('%s', (text) => {
    expect(certainty(text)).not.toBe('none');
  });
});

describe('What is over is no danger', () => {
  test.each([
    '前年我们那栋楼着火 现在墙还是黑的',
    '去年在工地触过电 落下的毛病',
    '上个月我妈晕倒过一次',
    '小时候掉进河里过',
    '昨天楼下打架 你们知道为什么吗',
    '以前他拿刀吓过我 现在早就不来往了',
    '我家的火已经扑灭了 谢谢',
    '孩子找到了 谢谢各位',
  ])('%s', (text) => {
    expect(certainty(text)).toBe('none');
  });
});

describe('To ask how to prevent, insure, treat or claim is no danger', () => {
  test.each([
    '灭火器过期哪里换',
    '煤气中毒怎么预防',
    '触电急救应该怎么做',
    '考考你 油锅起火怎么办',
    '溺水应该怎么自救',
    '着火了应该坐电梯还是走楼梯',
    '哪里可以学心肺复苏',
    '家里要备灭火毯吗',
    '如果着火了该打哪个电话',
    '中风后遗症能办残疾证吗',
    '摔伤住院医保能报多少',
    '去年着火烧了 能不能申请救济',
    '被打了想找律师',
    '被车撞了能不能算工伤',
    '火灾保险怎么买',
    '怎么防止老人走失',
    '96110是什么号码',
    '心理咨询在哪里预约',
  ])('%s', (text) => {
    expect(certainty(text)).toBe('none');
  });
});

describe('News, stories, games and drills are no danger', () => {
  test.each([
    '新闻里说国外一栋大楼着火了',
    '抖音上看到有人跳楼 好可怜',
    '电影里男主角被人捅死了',
    '我昨晚梦见房子着火了',
    '打游戏又被人砍死了',
    '消防演练几点开始',
    '小说里的主角服毒自杀了',
    '下周有防溺水宣传',
    '猜谜 着火打一个字',
  ])('%s', (text) => {
    expect(certainty(text)).toBe('none');
  });
});

describe('Figures of speech are no danger', () => {
  test.each([
    '气死我了 排了一上午',
    '笑死个人',
    '热死人了 空调也不开',
    '今天真是要命',
    '这家店火了',
    '跳楼价处理 只要九块九',
    '爆炸新闻 听说了没',
    '信息量爆炸',
    '救命啊作业好多',
    '想死你了',
    '这个网速急死人了',
    '头都晕了 这么多表',
    '他火冒三丈',
  ])('%s', (text) => {
    expect(certainty(text)).toBe('none');
  });
});

describe('What is merely broken, dirty, loud or feared is no danger', () => {
  test.each([
    '电梯坏了两天没人管',
    '楼道灯泡炸了 黑得很',
    '电线老化了想换',
    '消防通道堆满了纸箱',
    '水管爆了 到处都是水',
    '楼上天天吵架 声音大得很',
    '流浪狗太多 怕咬到娃',
    '邻居在楼道给电动车充电 太危险了',
    '烧烤摊油烟太大',
    '下水道臭得很',
    '路面塌了一块 车子不好走',
    '手机掉进河里了',
    '过不下去了 双方同意离婚',
    '接到个电话说我涉嫌洗钱 没理他',
  ])('%s', (text) => {
    expect(certainty(text)).toBe('none');
  });
});

describe('Words of the present set aside what speaks of the past or asks', () => {
  test.each(['上次也是这样 现在又着火了', '去年漏过气 今天又闻到煤气味', '打119要说什么 我家现在着火了'])('%s', (text) => {
    expect(certainty(text)).toBe('explicit');
  });
});

describe('What stands beside a game, an old story, a drill or a likeness is danger all the same', () => {
  test.each([
    '我的世界崩塌了，不想活了',
    '娃娃考试掉分了爬到楼顶要跳',
    '我不是开玩笑，今天不是愚人节，我真的要跳楼',
    '晚上单位宿舍着火了',
    '晚上单身宿舍有人割腕',
    '两三个二十来岁的人拿刀砍人',
    '有三个2岁左右的娃娃被关在车里',
    '我一个人守家，有人撬门进来了',
    '公安一局门口有人打架动刀子了',
    '合同副本被抢，他拿刀捅我',
    '那把我爸吓到心梗了，快来',
    '他拿起那把我家菜刀砍人',
    '我妈打麻将，在麻将桌上一头栽下去了没反应',
    '老公斗地主输了钱，拿菜刀要砍我',
    '孩子在剧本杀店里被困，着火了',
    '农药中毒了怎么办',
    '我妈农药中毒了',
    '想喝农药，农药里面哪种死得快',
    '八十年代的房子塌了，里面有人',
    '小时候的房子塌了，我妈压在里面',
    '考大家一个问题，有人晕倒在楼道里',
    '屋里像着火了一样',
    '老公像要杀人一样追着我',
    '好像触电了一样麻，手松不开',
    '我姐是喝农药的',
    '我老婆生孩子的时候大出血了',
    '缅甸人在楼下砍人',
    '有人跳喽了',
    '被车壮了',
  ])('%s', (text) => {
    expect(certainty(text)).not.toBe('none');
  });
});

test('what players say is no danger, however urgent', () => {
  expect(certainty('我这把又遭打死了 毒圈缩了 快来救我')).toBe('none');
});

describe('The kind decides whom to call', () => {
  test.each([
    ['fire', '阳台着火了'],
    ['suicide', '我想跳河'],
    ['family-violence', '我老公正在打我'],
    ['fraud', '刚刚把钱转给骗子了'],
    ['trapped', '电梯困人了'],
  ])('%s: %s', (kind, text) => {
    expect(kindOf(text)).toBe(kind);
  });
});

// How long a long message takes is measured by `npm run bench -- understanding`; here a rule that backtracks without end would meet jest's limit.
describe('Length', () => {
  test('a cry at the end of ten thousand characters is heard', () => {
    expect(certainty(`${'社区通知大家有空来领东西。'.repeat(800)}我家着火了快来人`)).toBe('explicit');
  });

  test.each(['着火', '救命', '快 ', '电梯里', '打我打', '喊不'])('ten thousand characters of %s are read to their end', (part) => {
    expect(['explicit', 'unsure', 'none']).toContain(certainty(part.repeat(Math.ceil(10_000 / part.length))));
  });
});
