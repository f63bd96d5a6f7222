import type { AppealKind } from '../appeals/appeal.ts';
import type { QuietHours } from '../time/quiet-hours.ts';
import type { Schedule } from '../time/schedule.ts';
import type { EmergencyKind } from '../understanding/emergency.ts';
import type { Evidence } from './answer.ts';

/** A category of grievance. */
export interface Category {
  readonly id: string;
  readonly title: string;
  readonly kind: AppealKind;
  /** The question put when it was not said what is the matter. */
  readonly what: string;
  /** The question put when no place was recognised; absent where a place makes no sense. */
  readonly where?: string;
  /** What a resident hears with the receipt: what happens now, or how to stay safe meanwhile. */
  readonly advice?: string;
  /** One's own matter: two of a kind at one place are not the same problem. */
  readonly personal?: boolean;
  /** Only directors hear of it and see it: it is about the staff themselves. */
  readonly discreet?: boolean;
  readonly urgent: boolean;
  readonly urgentWhen: readonly RegExp[];
  /** What it may be about: of two that name different things (water, power) one is not the other. */
  readonly things: readonly RegExp[];
  /** What the advice rests on: laws by their ids, or a remark. Staff hear it. */
  readonly sources: readonly { readonly law?: string; readonly articles?: string; readonly note?: string }[];
}

/** What choosing an entry of the menu does: opens what lies below it, a section's topics, a topic, a list of news, or starts an action. */
export interface MenuItem {
  readonly number: string;
  readonly title: string;
  /** Other words by which it may be called. */
  readonly words: readonly string[];
  readonly section?: string;
  readonly policy?: boolean;
  /** The topics that are asked most, shown before the others. */
  readonly first: readonly string[];
  readonly topic?: string;
  readonly news?: string;
  /** The page of the site that shows its topic, which an account's menu opens: "/news". */
  readonly page?: string;
  /** The page to which it leads on the site itself, where that is another one. */
  readonly onSite?: string;
  readonly items: readonly MenuItem[];
}

/** An item of news, written by staff. */
export interface NewsItem {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly text: string;
  /** yyyy-MM-dd: the first day on which it may be said. */
  readonly date: string;
  /** yyyy-MM-dd: after this day it is over. */
  readonly expires?: string;
  /** An example of what may be written: present in the simulator only. */
  readonly sample?: true;
}

/** What the yearly calendar proposes to staff for the news of a month. */
export interface NewsIdea {
  /** 1…12 */
  readonly month: number;
  readonly title: string;
  readonly text: string;
  readonly topic?: string;
  readonly category: string;
  readonly evidence: Evidence;
}

/** A regular broadcast. */
export interface Broadcast {
  readonly id: string;
  readonly title: string;
  readonly schedule: Schedule;
  /** Whether it goes out by itself unless somebody stops or takes it in hand, or only when it was released (定). */
  readonly release: 'auto' | 'reviewed';
  /** Categories in the order of the edition. */
  readonly categories: readonly string[];
  /** The names of the groups that it goes to; absent: every group of residents. */
  readonly groups?: readonly string[];
  /** Whether residents who subscribed get it privately. */
  readonly subscribers: boolean;
  /** Whether it ends with last week's appeals in figures. */
  readonly figures: boolean;
  /** A picture beside the text, with the community's QR code and what stands below that. */
  readonly card?: {
    readonly qr?: { readonly text: string } | { readonly picture: string };
    readonly caption?: string;
  };
}

/** The regular broadcasts, and what holds for all of them (data/broadcasts.yaml). */
export interface Broadcasts {
  /** How many people it takes to draft and release an edition. */
  readonly reviewers: 1 | 2;
  /** When no broadcast is sent. */
  readonly quiet: QuietHours;
  /** How many characters a message has at most. */
  readonly longest: number;
  /** 居务公开: the category whose items stay readable for so many days. */
  readonly disclosure: { readonly category: string; readonly days: number };
  readonly broadcasts: readonly Broadcast[];
}

export interface Community {
  readonly name: string;
  readonly province: string;
  /** The prefix of appeal numbers. */
  readonly prefix: string;
  readonly botName: string;
  /** Which requests to become a friend are accepted: whose greeting holds one of these words (none: any), so many a day. */
  readonly friends: { readonly greetings: readonly string[]; readonly aDay: number };
  /** The district it lies in. */
  readonly district: string;
  /** Numbers that a public site has to show: of the ICP filing, and of the one with the police (公安备案). */
  readonly icp?: string;
  readonly police?: string;
}

/** When the office works (data/calendar.yaml). */
export interface OfficeCalendar {
  readonly hours: readonly { readonly from: string; readonly to: string }[];
  /** Years whose holidays are written down completely. */
  readonly known: readonly number[];
  /** yyyy-MM-dd */
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

/** How people say yes, no, never mind … in an answer to a question of ours: whole messages, normalised. */
export interface ShortAnswers {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly cancel: readonly string[];
  readonly none: readonly string[];
  /** Said to an offer: the staff shall be asked. */
  readonly askForMe: readonly string[];
  /** Words that say nothing about the matter ("我要投诉", "反映个情况"): an appeal of only these is asked what it is about. */
  readonly bare: readonly string[];
  /** Said when a place was asked for: there is none. */
  readonly noPlace: readonly string[];
  readonly anonymous: readonly RegExp[];
  /** "改地点 5栋": what follows (the first group) is the right place; it may be empty. */
  readonly correctPlace: readonly RegExp[];
  readonly correctWhat: readonly RegExp[];
  /** "补充 …": what follows belongs to the appeal told before. */
  readonly supplement: readonly RegExp[];
  /** 核对: which case of one's own was sealed, and how. */
  readonly verify: readonly RegExp[];
  /** Whole messages that ask for one's own appeals, and for the public record (办理公示). */
  readonly status: readonly string[];
  /** Whole messages that ask for one's own words whole. */
  readonly whole: readonly string[];
  readonly record: readonly string[];
  /** Asking what the office holds about oneself, for a copy of it, and to have it forgotten: the shape of bare words. */
  readonly myData: readonly RegExp[];
  readonly exportMine: readonly RegExp[];
  readonly eraseMine: readonly RegExp[];
  readonly joinMine: readonly RegExp[];
  readonly outage: readonly RegExp[];
  /** Yes, said when it was asked whether everything is to be deleted. */
  readonly erase: readonly string[];
  /** What is said of an appeal that is done. */
  readonly solved: Readonly<Record<'yes' | 'partly' | 'no' | 'dropped', readonly string[]>>;
  readonly satisfied: Readonly<Record<'yes' | 'fairly' | 'no', readonly string[]>>;
  /** Whole messages that ask for the editions of before. */
  readonly pastNews: readonly string[];
  /** Words that any question about the news is made of: what is left is its matter. */
  readonly newsBare: readonly string[];
}

/** What somebody does with a message who has something under way. */
export const talkActs = ['call', 'person', 'waiting', 'when', 'progress', 'thank', 'acknowledge'] as const;
export type TalkAct = (typeof talkActs)[number];

/** Of what a courtesy is made: thanks, a goodbye, that one has heard, that one will go, and words that say nothing by themselves. */
export const courtesies = ['thank', 'bye', 'heard', 'going', 'filler'] as const;
export type Courtesies = Readonly<Record<(typeof courtesies)[number], readonly RegExp[]>>;

/** What people chat about with whoever answers, in the order in which it is looked for. */
export const chats = ['others', 'gift', 'beyond', 'insult', 'low', 'joy', 'wish', 'praised', 'today', 'fun'] as const;

/** What calls for a kind word, the gravest first. */
export const sufferings = ['hurt', 'hard', 'vain'] as const;

/** How people go on talking when something of theirs is under way (data/talk-words.yaml): shapes of bare words. */
export interface TalkWords {
  /** The first act that fits, in this order. */
  readonly acts: Readonly<Record<TalkAct, readonly RegExp[]>>;
  /** Somebody of theirs has died. */
  readonly bereaved: readonly RegExp[];
  /** Somebody was hurt; it is more than they can bear; they came in vain again and again. */
  readonly suffering: Readonly<Record<(typeof sufferings)[number], readonly RegExp[]>>;
  /** None of these acts is meant: "我没催你们". */
  readonly unmeant: readonly RegExp[];
  /** One's own matter is not wanted any more. */
  readonly notWanted: readonly RegExp[];
  /** That it is over by itself, told unasked. */
  readonly over: {
    readonly says: readonly RegExp[];
    /** … and this tells of hopes, of hours and habits, of what came back: nothing is over. */
    readonly not: readonly RegExp[];
    /** Speaks of another matter, which the first group names: "那个暖气的". */
    readonly other: RegExp;
    /** What a matter may be itself: "停了", of water. */
    readonly again: RegExp;
  };
  /** Said when something is asked of a report: it shall be let be. */
  readonly letBe: RegExp;
  /** Said when it was asked where: a place that no map knows ("老仓库隔壁"). */
  readonly whereabouts: {
    readonly says: readonly RegExp[];
    /** … and this tells of no place. */
    readonly not: readonly RegExp[];
    /** A place for neighbours only: "我们那栋". */
    readonly vague: readonly RegExp[];
    /** Words beside a place that tell of nothing else ("三楼", "左手边这家"). */
    readonly beside: RegExp;
    /** Points at a place that no map knows ("紫林庵那点"). */
    readonly points: RegExp;
    /** Beside a place: there, too. */
    readonly alsoAt: RegExp;
    /** Before a place: all that was told is there. */
    readonly ofAll: RegExp;
  };
  /** "+1", said in a group of what a neighbour has just told. */
  readonly meToo: RegExp;
  /** Speaks of what was reported before, perhaps by another account. */
  readonly reportedBefore: readonly RegExp[];
  /** That something is to be reported, and of the office itself; what, was not said yet. */
  readonly reporting: RegExp;
  readonly againstUs: RegExp;
  /** An advertisement: it names a place, and reports nothing there. */
  readonly advert: readonly RegExp[];
  /** Asks for a price, for who is in charge or from when on, and reports nothing. */
  readonly asksOnly: readonly RegExp[];
  /** Whether who is at the door, or on the telephone, is who they say. */
  readonly atDoor: readonly RegExp[];
  /** Says that a picture will be sent. */
  readonly sends: readonly RegExp[];
  /** … or says that it was sent. */
  readonly sent: readonly RegExp[];
  /** Goes on about what was just answered: tells of one's own case, asks whether somebody else may do it, asks in half a sentence ("补办的"), or for one thing more ("星期六呢"). */
  readonly goesOn: Readonly<Record<'tells' | 'agent' | 'asks' | 'andThis', readonly RegExp[]>>;
  /** Asks about the matter that is being told: "这种要罚款不". */
  readonly ofThis: readonly RegExp[];
  /** Asks whether anything will be done at all. */
  readonly assure: readonly RegExp[];
  /** Somebody has forgotten what they were asked. */
  readonly forgot: readonly RegExp[];
  /** A question, whatever it is about. */
  readonly asking: readonly RegExp[];
  /** Begins another matter, and says that it is another. */
  readonly another: readonly RegExp[];
  readonly otherMatter: readonly string[];
  /** Said of several things at once: "都好了". */
  readonly all: readonly RegExp[];
  /** Somebody shall come to where one lives. */
  readonly visit: readonly RegExp[];
  /** "我叫吴大勇" */
  readonly naming: readonly RegExp[];
  /** When somebody can be phoned. */
  readonly convenient: RegExp;
  /** Somebody is to be praised, or thanked through the office. */
  readonly praise: { readonly says: readonly RegExp[] /** … and this is no praise, whatever it says. */; readonly not: readonly RegExp[] };
  /** Headings and courtesies around a matter. */
  readonly opening: RegExp;
  readonly closing: RegExp;
  /** Somebody no longer wants to stay unnamed. */
  readonly named: readonly RegExp[];
  /** A matter shall be of another kind, with the group `kind`. */
  readonly recategorise: RegExp;
  /** "不是X，是Y": with the groups `not` and `but`. */
  readonly notThis: RegExp;
}

/** Small words that commands know. The first of each list is the one we say ourselves. */
export interface StaffWords {
  readonly due: readonly string[];
  readonly reason: readonly string[];
  readonly into: readonly string[];
  readonly me: readonly string[];
  /** Takes a switch back: "/问答 停 居住证 取消". */
  readonly undo: readonly string[];
  /** Ends an absence: "/请假 取消". */
  readonly back: readonly string[];
  /** Which of the open appeals are listed. */
  readonly mine: readonly string[];
  readonly today: readonly string[];
  readonly urgent: readonly string[];
  readonly overdue: readonly string[];
  /** What comes after the first screen of the list. */
  readonly rest: readonly string[];
  readonly unassigned: readonly string[];
  readonly week: readonly string[];
  readonly month: readonly string[];
  readonly director: readonly string[];
  readonly worker: readonly string[];
  /** PINs that whoever is guessing tries first, besides those that a rule tells (domain/people/pin.ts). */
  readonly commonPins: readonly string[];
  /** Asking for an export with the numbers that were masked. */
  readonly original: readonly string[];
  /** What the name of somebody ends in, when a report is taken down for them: "王大爷，5栋…". */
  readonly titles: readonly string[];
  /** To whom appeals are handed on. */
  readonly offices: readonly string[];
  /** Labels of an item of news: "类别:活动", "到期:12月5日". */
  readonly category: readonly string[];
  readonly expires: readonly string[];
  /** An edition is sent as soon as it is released. */
  readonly all: readonly string[];
  readonly noIntro: readonly string[];
  readonly atOnce: readonly string[];
  /** What news a group wants. */
  readonly newsOff: readonly string[];
  readonly newsOn: readonly string[];
  readonly newsOnly: readonly string[];
}

/** The words of a command: what staff type and what its help says. */
export interface CommandWords {
  readonly verb: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
}

/** What staff may find themselves in, and the commands for it, by their ids: those that come first, and the others. */
export interface Situation {
  readonly title: string;
  readonly first: readonly string[];
  readonly more: readonly string[];
}

export type { EmergencyKind };
