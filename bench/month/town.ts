import type { Outcome } from '../../src/desk/kernel/turn.ts';
import { isOpen, type Matter } from './matters.ts';
import type { Model } from './model.ts';
import { atWork, daysLater, onDay } from './office.ts';
import { dangers, placeless, pranks, troubles, type Words } from './words.ts';
import type { Act } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
/** The bot's clock is looked at this often. */
export const slotLength = 5 * minute;

/** Who lives and works here; ids. */
export interface Cast {
  /** Those who report things, those who ask and chat, and the few who only make trouble. */
  readonly reporters: readonly string[];
  readonly askers: readonly string[];
  readonly pranksters: readonly string[];
  /** Not friends of the account until they write privately. */
  readonly strangers: readonly string[];
  /** Residents' groups; none where everybody writes privately to an account that is in no groups. */
  readonly rooms: readonly string[];
  readonly staffRoom: string;
  readonly director: string;
  readonly workers: readonly { readonly id: string; readonly name: string }[];
  readonly names: ReadonlyMap<string, string>;
}

/** How much is said on a day. */
export interface Volume {
  readonly chatter: number;
  readonly questions: number;
  readonly riddles: number;
  readonly reports: number;
  readonly dangers: number;
  readonly pranks: number;
  readonly errands: number;
}

type Step = () => void;

/** The people: what each of them does and when. Tells the model what they do. */
export class Town {
  /** Numbers that residents typed: they must be found nowhere. */
  readonly #secrets: Set<string>;
  readonly #plan = new Map<number, Step[]>();
  readonly #places: string[];
  /** Who reports next, and who writes privately for the first time. */
  #reporter = 0;
  #acts: Act[] = [];
  #friends: string[] = [];
  #now = 0;
  /** Matters on which somebody acts in this slot: what they do at once has no order. */
  #touched = new Set<Matter>();

  readonly #cast: Cast;
  readonly #volume: Volume;
  readonly #words: Words;
  readonly #model: Model;
  readonly #random: () => number;

  constructor(cast: Cast, volume: Volume, words: Words, model: Model, random: () => number, secrets: Set<string>) {
    this.#cast = cast;
    this.#volume = volume;
    this.#words = words;
    this.#model = model;
    this.#random = random;
    this.#secrets = secrets;
    this.#places = Array.from({ length: 2400 }, (_, index) => `${1 + (index % 400)}栋${1 + Math.floor(index / 400)}单元`);
    for (const stranger of cast.strangers) model.isStranger(stranger);
  }

  /** What is said in the slot that begins now, and who became a friend of the account before it. */
  slot(now: number): { acts: readonly Act[]; friends: readonly string[] } {
    this.#now = now;
    this.#acts = [];
    this.#friends = [];
    this.#touched = new Set();
    const steps = this.#plan.get(now) ?? [];
    this.#plan.delete(now);
    for (const step of steps) step();
    return { acts: this.#acts, friends: this.#friends };
  }

  /** Plans what begins on a day. */
  day(date: string, index: number): void {
    const { chatter, questions, riddles, reports, dangers: inDanger, pranks: silly, errands } = this.#volume;
    this.#spread(date, chatter, () => this.#chat());
    this.#spread(date, questions, () => this.#ask());
    this.#spread(date, riddles, () => this.#say({ ...this.#somewhere(), text: this.#words.riddle(), check: isAnswered }));
    this.#spread(date, reports, () => this.#report());
    this.#spread(date, inDanger, () => this.#endanger());
    this.#spread(date, silly, () => this.#prank());
    this.#spread(date, errands, () => this.#errand());
    const troublemaker = this.#cast.pranksters[index];
    if (index % 7 === 3 && troublemaker !== undefined) this.#at(onDay(date, 900), () => this.#block(troublemaker));
  }

  // Neighbours.

  #chat(): void {
    this.#say({
      person: this.#pick(this.#cast.askers),
      room: this.#pick(this.#cast.rooms),
      addressed: false,
      text: this.#words.chatter(),
      check: ({ decision, replies }) => (decision === 'silent' && replies.length === 0 ? undefined : 'neighbours were answered'),
    });
  }

  #ask(): void {
    const asker = this.#somewhere();
    const text = this.#pick(this.#words.questions);
    const typed = this.#random() < 0.03 ? `${text}，我的身份证${this.#secret('id')}` : text;
    this.#say({ ...asker, text: typed, check: isAnswered });
    if (this.#random() < 0.3) this.#later(slotLength, () => this.#say({ ...asker, text: '那要带什么', check: isAnswered }));
  }

  #somewhere(): Pick<Act, 'person' | 'room'> {
    const person = this.#pick(this.#cast.askers);
    const [anyRoom] = this.#cast.rooms;
    return anyRoom === undefined || this.#random() < 0.5 ? { person } : { person, room: this.#pick(this.#cast.rooms) };
  }

  /** The same a dozen times over, then danger, which is heard all the same. */
  #prank(): void {
    const index = Math.floor(this.#random() * this.#cast.pranksters.length);
    const person = this.#cast.pranksters[index];
    if (person === undefined || this.#busy.has(person)) return;
    this.#busy.add(person);
    const { text, means } = pranks[index % pranks.length] ?? pranks[0];
    const alarm = this.#model.alarmOf(person);
    if (means === 'nothing') this.#model.saidNothing(person, text);
    let answered = 0;
    const check = ({ decision }: Outcome) => {
      if (decision !== 'silent') answered++;
      return answered > 8 ? 'the same was answered more than eight times' : undefined;
    };
    for (let times = 0; times < 12; times++) this.#say({ person, text, check });
    this.#model.limited(person);
    // Told of once more some hours after it was over, it is the same danger that has begun anew.
    if (this.#random() < 0.2 && alarm?.overAt === undefined) this.#later(slotLength, () => this.#tellDanger(person));
    // Forgiven after a day.
    this.#later(26 * hour, () => this.#busy.delete(person));
  }

  readonly #busy = new Set<string>();

  #block(person: string): void {
    if (this.#busy.has(person)) return;
    this.#busy.add(person);
    this.#say({ person: this.#cast.director, text: `/拉黑 @${this.#nameOf(person)} 2天 原因:天天骂人` });
    this.#model.blocked(person);
    const check = ({ decision, replies }: Outcome) =>
      decision === 'silent' && replies.length === 0 ? undefined : 'who is blocked was answered';
    for (const hours of [1, 20, 40]) this.#later(hours * hour, () => this.#say({ person, text: this.#pick(this.#words.questions), check }));
    this.#later(49 * hour, () => {
      this.#say({ person, text: this.#pick(this.#words.questions), check: isAnswered });
      this.#busy.delete(person);
    });
  }

  // Those who report.

  /** Whoever has reported nothing yet: of two matters at once it would not be plain what an answer is about. */
  #nextReporter(): string | undefined {
    return this.#cast.reporters[this.#reporter++];
  }

  #nextPlace(): string {
    const [place = ''] = this.#places.splice(Math.floor(this.#random() * this.#places.length), 1);
    return place;
  }

  #report(): void {
    const person = this.#nextReporter();
    if (person === undefined) return;
    const place = this.#nextPlace();
    const stranger = this.#cast.strangers.includes(person);
    const way = this.#random();
    const trouble = this.#pick(troubles);
    const number = this.#random() < 0.1 ? `，电话${this.#secret('phone')}` : '';
    if (this.#cast.rooms.length > 0 && (stranger || way < 0.3)) {
      const room = this.#pick(this.#cast.rooms);
      this.#say({ person, room, text: `${place}${trouble}${number}`, check: became('appeal') });
      this.#follow(this.#model.filed({ place, what: trouble, person, danger: false }, room));
      if (stranger) this.#befriendLater(person);
      return;
    }
    if (way < 0.7) {
      this.#say({ person, text: `${place}${trouble}${number}`, check: became('appeal') });
      this.#follow(this.#model.filed({ place, what: trouble, person, danger: false }));
      return;
    }
    const what = this.#pick(placeless);
    this.#say({ person, text: what, check: became('appeal') });
    this.#later(this.#pick([1, 2, 4]) * slotLength, () => {
      this.#say({ person, text: `${place}${this.#pick(['501', '302'])}${number}`, check: became('appeal') });
      this.#follow(this.#model.filed({ place, what, person, danger: false }));
    });
  }

  #befriendLater(person: string): void {
    this.#later(this.#pick([3, 20, 50]) * hour, () => {
      this.#friends.push(person);
      this.#model.befriended(person);
      this.#say({ person, text: '你好', check: isAnswered });
    });
  }

  /** What becomes of a matter. */
  #follow(matter: Matter): void {
    // A stranger hears nothing before they write privately, and answers nothing.
    if (this.#cast.strangers.includes(matter.person)) {
      this.#staff(matter, 2, this.#accept, () => this.#staff(matter, 20, this.#resolve));
      return;
    }
    const fates: readonly [share: number, fate: () => void][] = [
      [30, () => this.#staff(matter, 2, this.#accept, () => this.#staff(matter, 20, this.#resolve, () => this.#rate(matter)))],
      [
        12,
        () =>
          this.#staff(matter, 4, this.#assign, () => this.#staff(matter, 8, this.#answer, () => this.#staff(matter, 24, this.#resolve))),
      ],
      [
        10,
        () =>
          this.#staff(matter, 3, this.#askBack, () =>
            this.#supplement(matter, 5, () => this.#staff(matter, 24, this.#resolve, () => this.#rate(matter))),
          ),
      ],
      [5, () => this.#staff(matter, 3, this.#askBack, () => this.#staff(matter, 170, this.#resolve))],
      [6, () => this.#staff(matter, 5, this.#refer, () => this.#staff(matter, 60, this.#resolve, () => this.#rate(matter)))],
      [5, () => this.#staff(matter, 6, this.#decline)],
      [8, () => this.#staff(matter, 320, this.#resolve)],
      [6, () => this.#staff(matter, 30, this.#extend, () => this.#staff(matter, 200, this.#resolve))],
      [8, () => this.#staff(matter, 6, this.#resolve, () => this.#complain(matter))],
      [4, () => this.#staff(matter, 3, this.#merge)],
      [3, () => this.#withdraw(matter)],
      [3, () => this.#urge(matter, () => this.#staff(matter, 30, this.#resolve, () => this.#rate(matter)))],
    ];
    this.#pick(fates.flatMap(([share, fate]) => Array<Step>(share).fill(fate)))();
    if (this.#random() < 0.06) this.#joinLater(matter);
  }

  #joinLater(matter: Matter): void {
    const person = this.#nextReporter();
    if (person === undefined || this.#cast.strangers.includes(person)) return;
    this.#on(matter, this.#pick([1, 4, 20]) * hour, () => {
      const open = isOpen(matter) && this.#now - matter.filedAt < 13 * 24 * hour;
      // What was told without its place has another category than its sentence behind a place would.
      if (!open || matter.person === person || !(troubles as readonly string[]).includes(matter.what)) return;
      this.#say({ person, text: `${matter.place}${matter.what}`, check: became('appeal') });
      this.#reserve(matter, slotLength);
      this.#later(slotLength, () => {
        this.#say({ person, text: '1', check: became('appeal') });
        this.#model.joined(matter, person);
      });
    });
  }

  #supplement(matter: Matter, hours: number, then: Step): void {
    this.#on(matter, hours * hour, () => {
      this.#say({ person: matter.person, text: `在门口往里走第二个，电话${this.#secret('phone')}`, check: became('appeal') });
      this.#model.supplemented(matter);
      then();
    });
  }

  #rate(matter: Matter): void {
    if (this.#random() < 0.25) return;
    this.#on(matter, this.#pick([0.5, 3, 20, 30]) * hour, () => {
      if (matter.state !== 'resolved') return;
      this.#say({ person: matter.person, text: this.#pick(['1', '解决了', '2']), check: became('action') });
      this.#model.rated(matter);
      this.#on(matter, slotLength, () => {
        const unhappy = this.#random() < 0.1;
        this.#say({ person: matter.person, text: unhappy ? '3' : this.#pick(['1', '2']), check: became('action') });
        if (unhappy) this.#model.notSatisfied(matter);
      });
    });
  }

  /** Not solved: once, sometimes twice; sometimes only after it was archived. */
  #complain(matter: Matter): void {
    const hours = this.#pick([2, 26, 200]);
    this.#on(matter, hours * hour, () => {
      if (matter.state !== 'resolved' && matter.state !== 'archived') return;
      this.#say({ person: matter.person, text: '没解决', check: became('action') });
      this.#model.notSolved(matter);
      this.#staff(matter, 10, this.#resolve, () =>
        matter.round < 3 && this.#random() < 0.4 ? this.#complain(matter) : this.#rate(matter),
      );
    });
  }

  #withdraw(matter: Matter): void {
    this.#on(matter, 2 * hour, () => {
      if (!isOpen(matter) || matter.followers.length > 0) return;
      this.#say({ person: matter.person, text: '撤回我的诉求', check: became('action') });
      this.#reserve(matter, slotLength);
      this.#later(slotLength, () => {
        this.#say({ person: matter.person, text: '1', check: became('action') });
        if (matter.followers.length === 0) this.#model.withdrawn(matter);
      });
    });
  }

  #urge(matter: Matter, then: Step): void {
    this.#on(matter, 26 * hour, () => {
      if (isOpen(matter)) {
        this.#say({ person: matter.person, text: '催一下', check: became('action') });
        this.#model.urged(matter);
      }
      then();
    });
  }

  #endanger(): void {
    const person = this.#nextReporter();
    if (person !== undefined) this.#tellDanger(person);
  }

  #tellDanger(person: string): void {
    const place = this.#nextPlace();
    const stranger = this.#cast.strangers.includes(person);
    const isInRoom = this.#cast.rooms.length > 0 && (stranger || this.#random() < 0.3);
    const room = isInRoom ? this.#pick(this.#cast.rooms) : undefined;
    const what = this.#pick(dangers);
    this.#say({ person, text: `${place}${what}`, check: became('emergency'), ...(room === undefined ? {} : { room, addressed: false }) });
    const matter = this.#model.filed({ place, what, person, danger: true }, room);
    if (stranger && room !== undefined) matter.room = room;
    if (stranger) this.#befriendLater(person);
    const acknowledgedAfter = this.#pick([1, 2, 3, 4]);
    for (let slot = 1; slot <= 3; slot++)
      this.#later(slot * slotLength, () => {
        // The pages of this minute were called before anybody speaks.
        if (matter.state === 'registered') this.#model.paged(matter, slot === 1 ? 2 : slot === 2 ? 3 : 'director');
      });
    this.#later(acknowledgedAfter * slotLength, () => {
      const by = this.#pick(this.#cast.workers);
      this.#say({ person: by.id, room: this.#cast.staffRoom, addressed: false, text: `/收到 ${matter.number}`, check: became('action') });
      this.#model.acknowledged(matter, by.id);
      this.#staff(matter, 1, this.#calm);
    });
  }

  // Those who work here.

  /** A step of somebody of the staff, so many hours of the clock later, when the office is open. */
  #staff(matter: Matter, hours: number, step: (matter: Matter, by: Cast['workers'][number]) => boolean, then?: Step): void {
    const at = atWork(this.#now + hours * hour * (0.5 + this.#random()));
    this.#on(matter, at - this.#now, () => {
      if (step.call(this, matter, this.#pick(this.#cast.workers))) then?.();
    });
  }

  #order(by: string, text: string): void {
    const inRoom = this.#random() < 0.5 ? { room: this.#cast.staffRoom, addressed: false } : {};
    this.#say({ person: by, text, check: became('action'), ...inRoom });
  }

  #accept(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (matter.state !== 'registered') return false;
    this.#order(id, `/受理 ${matter.number}`);
    this.#model.accepted(matter, id);
    return true;
  }

  #assign(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (!isOpen(matter)) return false;
    const to = this.#pick(this.#cast.workers);
    this.#order(id, `/派 ${matter.number} @${to.name} 先去看看`);
    this.#model.assigned(matter, id, to.id);
    return true;
  }

  #answer(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (!isOpen(matter)) return false;
    this.#order(id, `/回复 ${matter.number} 师傅明天上午来修`);
    this.#model.answered(matter);
    return true;
  }

  #refer(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (!isOpen(matter)) return false;
    this.#order(id, `/转 ${matter.number} 物业 请尽快处理`);
    this.#model.referred(matter);
    return true;
  }

  #askBack(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (!isOpen(matter) || matter.state === 'waiting_resident') return false;
    this.#order(id, `/补充 ${matter.number} 是哪一个位置？`);
    this.#model.asked(matter);
    return true;
  }

  #extend(matter: Matter): boolean {
    if (!isOpen(matter)) return false;
    this.#order(this.#cast.director, `/延期 ${matter.number} 5天 原因:要等配件`);
    this.#model.extended(matter, daysLater(matter.answerBy, 5));
    return true;
  }

  #resolve(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (!isOpen(matter)) return false;
    this.#order(id, `/办结 ${matter.number} 修好了，请看看`);
    this.#model.resolved(matter, id);
    return true;
  }

  /** Only whoever took an alarm ends it, or a director. */
  #calm(matter: Matter): boolean {
    if (!isOpen(matter)) return false;
    this.#order(matter.handler ?? this.#cast.director, `/平安 ${matter.number} 去看过了，人没事`);
    this.#model.calmed(matter);
    return true;
  }

  #decline(matter: Matter, { id }: Cast['workers'][number]): boolean {
    if (!isOpen(matter)) return false;
    this.#order(id, `/不受理 ${matter.number} 原因:这个归交警管，请打 122`);
    this.#model.declined(matter);
    return true;
  }

  #merge(matter: Matter, { id }: Cast['workers'][number]): boolean {
    const others = this.#model.matters.filter(
      (each) => isOpen(each) && !each.danger && each !== matter && each.number && !this.#isTaken(each),
    );
    const into = this.#pick(others);
    if (!isOpen(matter) || !into) return false;
    this.#touched.add(into);
    this.#order(id, `/合并 ${matter.number} 到 ${into.number}`);
    this.#model.merged(matter, into);
    return true;
  }

  /** What staff look up all day long. */
  #errand(): void {
    const known = this.#model.matters.filter(({ number }) => number !== undefined);
    const number = this.#pick(known)?.number;
    const lines = [
      '/待办',
      '/待办 超期',
      '/状态',
      '/统计 周',
      '/查 3栋',
      '/帮助',
      '/公示',
      '/未答',
      ...(number ? [`/查 ${number}`, `/审计 ${number}`] : []),
    ];
    this.#say({ person: this.#pick(this.#cast.workers).id, text: this.#pick(lines), check: isAnswered });
  }

  // How things are planned.

  /** Something that changes a matter, so much later; of two at once one waits. */
  #on(matter: Matter, after: number, step: Step): void {
    this.#later(after, () => {
      if (this.#isTaken(matter) || (matter.number === undefined && isOpen(matter))) return this.#on(matter, slotLength, step);
      this.#touched.add(matter);
      step();
    });
  }

  readonly #reserved = new Map<Matter, number>();

  /** Nobody else acts on it until then. */
  #reserve(matter: Matter, within: number): void {
    this.#reserved.set(matter, this.#now + within);
  }

  #isTaken(matter: Matter): boolean {
    return this.#touched.has(matter) || (this.#reserved.get(matter) ?? 0) >= this.#now;
  }

  #later(after: number, step: Step): void {
    this.#at(this.#now + Math.max(after, slotLength), step);
  }

  #at(at: number, step: Step): void {
    const slot = Math.max(Math.ceil(at / slotLength) * slotLength, this.#now + slotLength);
    this.#plan.set(slot, [...(this.#plan.get(slot) ?? []), step]);
  }

  /** Over the hours in which people are awake. */
  #spread(date: string, count: number, step: Step): void {
    const times = Math.floor(count) + (this.#random() < count % 1 ? 1 : 0);
    for (let time = 0; time < times; time++) this.#at(onDay(date, 390 + Math.floor(this.#random() * 180) * 5), step);
  }

  #say(act: Act): void {
    this.#acts.push(act);
  }

  #nameOf(person: string): string {
    return this.#cast.names.get(person) ?? '';
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }

  #secret(kind: 'phone' | 'id'): string {
    const digits = (count: number) => Array.from({ length: count }, () => Math.floor(this.#random() * 10)).join('');
    const secret = kind === 'phone' ? `138${digits(8)}` : `522601199001${10 + Math.floor(this.#random() * 18)}${digits(4)}`;
    this.#secrets.add(secret);
    return secret;
  }
}

const isAnswered = ({ decision, replies }: Outcome) => (decision === 'silent' || replies.length === 0 ? 'was not answered' : undefined);

const became =
  (wanted: Outcome['decision']) =>
  ({ decision }: Outcome) =>
    decision === wanted ? undefined : `became ${decision}, not ${wanted}`;
