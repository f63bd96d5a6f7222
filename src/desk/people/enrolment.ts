import { codeLength, readCode } from '../../domain/people/code.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import { saidSecret } from '../commands/said-secret.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Reply } from '../kernel/message.ts';
import type { Ids, Store, Transaction } from '../kernel/ports.ts';
import type { Person, Role } from '../kernel/rows.ts';
import { toDirectors, toStaffRooms } from '../kernel/staff.ts';
import { standingOn } from '../kernel/standing.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { isBlocked } from './block.ts';
import { enlist } from './enlist.ts';
import { joinAct, joinPersons } from './joining.ts';
import { freeName } from './names.ts';
import { bindingsOn } from './people.ts';
import type { Enrolment } from './rows.ts';
import { tally } from './tries.ts';
import { rebind } from './wake.ts';

const directorId = 'director';
const validMinutes = 24 * 60;

/** The code of the host, how it stands. `dead`: its day is over, or it was said where others read it, and there is still no director who can act. */
export interface HostCode {
  readonly code?: string;
  /** ISO time. */
  readonly expiresAt?: string;
  readonly dead: boolean;
}

/** Whether the host has to let a director in: there is none who can act, or wake by a PIN. `forgotten`: a PIN does not count, it may be forgotten. */
async function isWanted(tx: Transaction, forgotten: boolean): Promise<boolean> {
  const directors = await tx.find('people', { role: 'director' });
  return !directors.some(({ asleep, pin }) => !asleep || (pin && !forgotten));
}

/**
 * The code that makes a director: printed on the host, valid for a day, the same again while it is. Undefined when there is a director
 * already who can act, or wake by a PIN.
 * @param atStart the bot was started: a PIN that may be forgotten does not count. Whoever starts it lets in the only director who has
 *   lost PIN or phone
 */
export async function newDirectorCode(store: Store, ids: Ids, now: Date, atStart = false): Promise<string | undefined> {
  return store.transaction(async (tx) => ((await isWanted(tx, atStart)) ? directorCode(tx, ids, now) : undefined));
}

/** A code for a director, whoever is one already: for whoever sits at the host. */
export async function directorCode(tx: Transaction, ids: Ids, now: Date): Promise<string> {
  const open = await tx.get('enrolments', directorId);
  if (open && isLive(open, now)) return open.code;
  const code = newCode(ids);
  await tx.put('enrolments', { id: directorId, code, role: 'director', expiresAt: plusMinutes(now, validMinutes).toISOString() });
  return code;
}

/** How the host's code stands, once one was wanted. */
export async function hostCode(store: Store, now: Date, wanted: boolean): Promise<HostCode> {
  return store.transaction(async (tx) => {
    const open = await tx.get('enrolments', directorId);
    if (open && isLive(open, now)) return { code: open.code, expiresAt: open.expiresAt, dead: false };
    return { dead: wanted && (await isWanted(tx, true)) };
  });
}

/** A code for a colleague, whom the director names: whoever says it privately within a day is one of the staff under that name. */
export async function colleagueCode(
  { tx, ids, now, person }: Pick<Turn, 'tx' | 'ids' | 'now' | 'person'>,
  { name, role, known }: { readonly name: string; readonly role: Role; readonly known?: Person },
): Promise<string> {
  const id = `code/${known?.id ?? ids.id()}`;
  for (const each of await tx.find('enrolments')) if (each.name === name) await tx.remove('enrolments', each.id);
  const code = newCode(ids);
  const expiresAt = plusMinutes(now, validMinutes).toISOString();
  await tx.put('enrolments', { id, code, name, role, by: person.id, expiresAt, ...(known ? { person: known.id } : {}) });
  return code;
}

/** Nobody is enrolled by a code that was made out for them any more: they have left the staff. */
export async function dropCodesFor(tx: Transaction, person: string): Promise<void> {
  for (const each of await tx.find('enrolments')) if (each.person === person || each.by === person) await tx.remove('enrolments', each.id);
}

function newCode(ids: Ids): string {
  for (;;) {
    const code = ids.code(codeLength);
    if (readCode(code) === code) return code;
  }
}

const isLive = ({ code, expiresAt }: Enrolment, now: Date) => code !== '' && expiresAt > now.toISOString();

/**
 * Whoever says a code privately becomes who it was made out for. Only what has the form of one counts as a try, and each person's tries
 * are their own; while no code waits nothing is noticed. Said in a group a code is void: others have read it.
 */
export const enrolment: Handler = async (turn) => {
  const said = readCode(saidSecret(turn));
  if (said === undefined) return undefined;
  const live = (await turn.tx.find('enrolments')).filter((each) => isLive(each, turn.now));
  const meant = live.find(({ code }) => code === said);
  if (turn.room) return meant && saidInGroup(turn, meant);
  if (live.length === 0) return undefined;
  const tries = await tally(turn, `tries/${turn.person.id}`);
  if (tries.left <= 0) return done(here(turn, turn.say('code.shut')));
  if (!meant) {
    await tries.miss();
    await noteAct(turn, 'enrol', false);
    return done(here(turn, turn.say(tries.left > 1 ? 'code.wrong' : 'code.shut')));
  }
  // A block stays with whoever they turn out to be.
  if (meant.id.startsWith(ownPrefix)) return joinedBy(turn, meant);
  // Whoever was blocked has come by a code of somebody else.
  if (await isBlocked(turn)) return notTheirs(turn, meant.name ?? turn.say('role.director'));
  return meant.id === directorId ? enrolDirector(turn) : enrolColleague(turn, meant);
};

/** A resident's own code: whoever says it on another account is they. */
const ownPrefix = 'own/';

/** A code by which a resident proves on another account that it is they: the same again while it is valid. */
export async function ownCode({ tx, ids, now, person }: Pick<Turn, 'tx' | 'ids' | 'now' | 'person'>): Promise<string> {
  const id = `${ownPrefix}${person.id}`;
  const open = await tx.get('enrolments', id);
  if (open && isLive(open, now)) return open.code;
  const code = newCode(ids);
  await tx.put('enrolments', { id, code, person: person.id, expiresAt: plusMinutes(now, validMinutes).toISOString() });
  return code;
}

async function joinedBy(turn: Turn, { id, person: owner = '' }: Enrolment): Promise<Outcome> {
  const { tx, now, account, person, say } = turn;
  const known = await tx.get('people', owner);
  if (!known || known.id === person.id) return done(here(turn, say('twoAccounts.other')));
  // Authority is never handed over in this way, and whoever is somebody on this account stays who they are.
  if (known.role !== undefined || person.role !== undefined) return done(here(turn, say('twoAccounts.staff')));
  if ((await bindingsOn(tx, known.id, account)).length > 0) return done(here(turn, say('twoAccounts.taken')));
  await tx.remove('enrolments', id);
  await joinPersons(tx, now, person.id, known.id);
  await noteAct(turn, joinAct, true, known.id);
  return done({ to: { person: known.id }, text: say('twoAccounts.joined'), kind: 'reply' });
}

async function saidInGroup(turn: Turn, { id, by, name = '' }: Enrolment): Promise<Outcome> {
  await turn.tx.remove('enrolments', id);
  const toMaker: Reply[] =
    by === undefined ? [] : [{ to: { person: by }, text: turn.say('code.inGroupDirector', { name }), kind: 'notice' }];
  return done(here(turn, turn.say('code.inGroup')), ...toMaker);
}

async function enrolDirector(turn: Turn): Promise<Outcome> {
  await turn.tx.remove('enrolments', directorId);
  const name = await freeName(turn.tx, turn.person);
  const { remark, told } = await enlist(turn, { ...turn.person, name }, 'director');
  await noteAct(turn, 'enrol-director', true);
  const replies = [here(turn, turn.say('staff.firstDirector'))];
  if (remark !== '') replies.push(here(turn, turn.say('remark.please', { remark })));
  const others = (await toDirectors(turn.tx, turn.say('code.usedHost', { name }))).filter((reply) => !isTo(reply, turn.person.id));
  return done(
    ...replies,
    ...told,
    ...others,
    ...(await toStaffRooms(turn.tx, turn.say('staff.joined', { name, role: turn.say('role.director') }))),
  );
}

async function enrolColleague(turn: Turn, meant: Enrolment): Promise<Outcome> {
  const { tx, say, person: speaker } = turn;
  const { name = speaker.name, role = 'worker' } = meant;
  const known = meant.person === undefined ? undefined : await tx.get('people', meant.person);
  if (!(await isMeant(turn, meant.person))) return notTheirs(turn, name);
  await tx.remove('enrolments', meant.id);
  // They have left the staff since, or a colleague has the name meanwhile.
  if (meant.person !== undefined && known?.role === undefined) return done(here(turn, say('code.over')));
  const back = known && known.id !== speaker.id ? await rebind(turn, speaker, known) : known;
  const nickname = speaker.name === name ? {} : { nickname: speaker.name };
  const fresh = back ?? { ...speaker, name: await freeName(tx, { id: speaker.id, name }), ...nickname };
  const { person, remark, told } = await enlist(turn, fresh, role);
  await noteAct(turn, 'enrol', true, person.id);
  const title = say(`role.${role}`);
  const greeting: Reply = { to: { person: person.id }, text: say('staff.welcome', { name: person.name, role: title }), kind: 'reply' };
  const notice = say('staff.enrolled', {
    name: person.name,
    role: title,
    nickname: speaker.name,
    remark: remark === '' ? '' : say('remark.please', { remark }),
  });
  const others = (await toDirectors(tx, notice)).filter((reply) => !isTo(reply, person.id));
  return done(greeting, ...told, ...others, ...(await toStaffRooms(tx, say('staff.joined', { name: person.name, role: title }))));
}

/**
 * Whether a code may be for whoever says it: anybody, where it was made out for somebody new, but not one of the staff; where it was made
 * out for one of the staff, they themselves, or whoever says it on an account on which nobody is them: since its last login, or yet.
 */
async function isMeant({ tx, account, idsLast, person }: Turn, staff: string | undefined): Promise<boolean> {
  if (staff === undefined) return person.role === undefined;
  if (staff === person.id) return true;
  const known = await tx.get('people', staff);
  if (!known || person.role !== undefined || (await bindingsOn(tx, staff, account)).length > 0) return false;
  return !idsLast || standingOn(known, account) === undefined;
}

async function notTheirs(turn: Turn, name: string): Promise<Outcome> {
  await noteAct(turn, 'enrol', false);
  const told = turn.say('code.notTheirsDirector', { name, speaker: turn.person.name });
  const directors = turn.person.role === 'director' ? [] : await toDirectors(turn.tx, told);
  return done(here(turn, turn.say('code.notTheirs', { name })), ...directors);
}

const isTo = ({ to }: Reply, person: string) => !('room' in to) && to.person === person;

function done(...replies: Reply[]): Outcome {
  return { decision: 'action', topic: null, replies };
}
